# syntax=docker/dockerfile:1

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
RUN --mount=type=bind,source=go.work,target=go.work \
    --mount=type=bind,source=libs/money/go.mod,target=libs/money/go.mod \
    --mount=type=bind,source=libs/money/go.sum,target=libs/money/go.sum \
    --mount=type=bind,source=services/orders/go.mod,target=services/orders/go.mod \
    --mount=type=bind,source=services/orders/go.sum,target=services/orders/go.sum \
    --mount=type=bind,source=services/reports/go.mod,target=services/reports/go.mod \
    --mount=type=bind,source=services/reports/go.sum,target=services/reports/go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/orders ./services/orders

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
COPY --link --from=build /out/orders ./
USER 65532:65532
EXPOSE 7000
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 7000 -e true"]
ENTRYPOINT ["/app/orders"]
