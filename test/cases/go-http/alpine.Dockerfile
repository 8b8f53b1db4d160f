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

# runtime is the image that ships
FROM alpine:3.24 AS runtime
WORKDIR /app
COPY --link --from=build /out/status ./
USER 65532:65532
EXPOSE 9000
# the program checks itself
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/app/status", "healthcheck"]
ENTRYPOINT ["/app/status"]
