# syntax=docker/dockerfile:1

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
ARG TARGETOS TARGETARCH
ARG VERSION=dev
ARG REVISION=none
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w -X main.version=$VERSION -X main.commit=$REVISION" -o /out/status .

# rootfs collects the system files of the runtime image
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS rootfs
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt . \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /out/status ./
USER 65532:65532
EXPOSE 9000
# the program checks itself
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/app/status", "healthcheck"]
ENTRYPOINT ["/app/status"]
