# syntax=docker/dockerfile:1

# build compiles the program and its C code, on the target platform itself
FROM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=1
RUN apk add --no-cache gcc musl-dev
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -tags=timetzdata,netgo,osusergo -ldflags="-s -w -linkmode=external -extldflags=-static" -o /out/shop .

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
ENV DATABASE=/data/shop.db
COPY --link --from=build /out/shop ./
USER 65532:65532
# the user owns these folders: mount volumes there
WORKDIR /data
WORKDIR /app
EXPOSE 8080
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8080 -e true"]
ENTRYPOINT ["/app/shop"]
