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
ARG VERSION=dev
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w -X example.com/wordcount/cmd.version=$VERSION" -o /out/wordcount .

# rootfs collects the system files of the runtime image
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS rootfs
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt . \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /out/wordcount ./
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["/app/wordcount"]
