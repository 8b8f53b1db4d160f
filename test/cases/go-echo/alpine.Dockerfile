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
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/echo .

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
COPY --link --from=build /out/echo ./
USER 65532:65532
EXPOSE 1323
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 1323 -e sh -c 'printf \"GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["/app/echo"]
CMD ["--addr=0.0.0.0:1323"]
