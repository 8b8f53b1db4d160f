# syntax=docker/dockerfile:1

# build compiles the program and its C code, on the target platform itself
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
    go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/shop .

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
WORKDIR /app
ENV DATABASE=/data/shop.db
COPY --link --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --link --from=build /out/shop ./
USER 65532:65532
# the user owns these folders: mount volumes there
WORKDIR /data
WORKDIR /app
EXPOSE 8080
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
ENTRYPOINT ["/app/shop"]
