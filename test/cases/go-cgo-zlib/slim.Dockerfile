# syntax=docker/dockerfile:1

# build compiles the program and its C code, on the target platform itself
FROM golang:1.27-trixie AS build
WORKDIR /src
ENV CGO_ENABLED=1
RUN apt-get update \
 && apt-get install --yes --no-install-recommends zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
RUN --mount=type=bind,target=. \
    --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/checksum .

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends zlib1g \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --link --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --link --from=build /out/checksum ./
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["/app/checksum"]
