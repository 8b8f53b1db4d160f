# syntax=docker/dockerfile:1

# build compiles the program for every platform on the builder's own
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/app greeting.go main.go

# runtime is the image that ships
FROM gcr.io/distroless/static-debian13:nonroot AS runtime
WORKDIR /app
COPY --link --from=build /out/app ./
USER 65532:65532
EXPOSE 8081
HEALTHCHECK NONE
ENTRYPOINT ["/app/app"]
