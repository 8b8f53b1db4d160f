# syntax=docker/dockerfile:1

# build compiles the program: it runs on the builder's platform and cross-compiles
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
    GOOS=$TARGETOS GOARCH=$TARGETARCH go -C server build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/server .

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
COPY --link --from=build /out/server ./
COPY --link server/static ./static
USER 65532:65532
EXPOSE 8070
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8070 -e true"]
ENTRYPOINT ["/app/server"]
