# syntax=docker/dockerfile:1

# build compiles the program and its C code on the platform that it runs on
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
    go build -trimpath -tags=timetzdata,netgo,osusergo -ldflags="-s -w -linkmode=external -extldflags=-static" -o /out/shop . \
 && install -d -m 1777 /writable/app/data

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
ENV DATABASE=/app/data/shop.db
COPY --link --from=build /out/shop ./
COPY --link --from=build /writable /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK NONE
ENTRYPOINT ["/app/shop"]
