# syntax=docker/dockerfile:1

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/catalog .

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
ENV CATALOG_LISTEN=0.0.0.0:8088
COPY --link --from=build /out/catalog ./
COPY --link config/catalog.yaml ./config/catalog.yaml
USER 65532:65532
EXPOSE 8088
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8088 -e true"]
ENTRYPOINT ["/app/catalog"]
CMD ["serve"]
