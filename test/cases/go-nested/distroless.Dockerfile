# syntax=docker/dockerfile:1

# build compiles the program for every platform on the builder's own
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
RUN --mount=type=bind,source=server/go.mod,target=server/go.mod \
    --mount=type=bind,source=server/go.sum,target=server/go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go -C server mod download
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go -C server build -trimpath -ldflags="-s -w" -o /out/server .

# runtime is the image that ships
FROM gcr.io/distroless/static-debian13:nonroot AS runtime
WORKDIR /app
COPY --link --from=build /out/server ./
COPY --link server/static ./static
USER 65532:65532
EXPOSE 8070
HEALTHCHECK NONE
ENTRYPOINT ["/app/server"]
