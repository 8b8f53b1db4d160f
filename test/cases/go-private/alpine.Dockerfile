# syntax=docker/dockerfile:1

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
RUN apk add --no-cache git
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    GOPRIVATE='git.example.com/*' go mod download
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH GOPRIVATE='git.example.com/*' go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/orders .

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
COPY --link --from=build /out/orders ./
USER 65532:65532
EXPOSE 8000
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8000 -e true"]
ENTRYPOINT ["/app/orders"]
