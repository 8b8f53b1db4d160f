# syntax=docker/dockerfile:1

# build compiles the program for every platform on the builder's own
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

# rootfs gathers what the image takes from the builder's system
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS rootfs
WORKDIR /rootfs
RUN mkdir -m 1777 tmp \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /etc/ssl/certs/ca-certificates.crt ./etc/ssl/certs/ca-certificates.crt

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /out/orders ./
USER 65532:65532
EXPOSE 7000
HEALTHCHECK NONE
ENTRYPOINT ["/app/orders"]
