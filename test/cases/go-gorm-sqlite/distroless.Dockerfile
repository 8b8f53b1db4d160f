# syntax=docker/dockerfile:1

# build compiles the program and its C code on the platform that it runs on
FROM golang:1.27-trixie AS build
WORKDIR /src
ENV CGO_ENABLED=1
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -ldflags="-s -w" -o /out/shop . \
 && install -d -m 1777 /writable/app/data

# runtime is the image that ships
FROM gcr.io/distroless/base-debian13:nonroot AS runtime
WORKDIR /app
ENV DATABASE=/app/data/shop.db
COPY --link --from=build /out/shop ./
COPY --link --from=build /writable /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK NONE
ENTRYPOINT ["/app/shop"]
