# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production, development or test
ARG ENVIRONMENT=production

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
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/notes .

# development has the toolchain and runs air, which compiles and starts the program again when a source changes; changed sources are mounted or copied to /src
FROM golang:1.27-alpine AS development
WORKDIR /src
ENV CGO_ENABLED=0
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    go mod download
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    GOBIN=/usr/local/bin CGO_ENABLED=0 go install github.com/air-verse/air@v1.67.4
COPY --chown=65532:65532 . .
RUN chown 65532:65532 .
ENV GOCACHE=/tmp/go-build \
    PORT=8080
USER 65532:65532
EXPOSE 8080
CMD ["air", "--build.cmd", "go build -o /tmp/program .", "--build.bin", "/tmp/program"]

# test runs the tests of the module: its build fails when one of them does
FROM golang:1.27-alpine AS test
WORKDIR /src
ENV CGO_ENABLED=0
RUN --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go test ./...

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
WORKDIR /app
ENV GIN_MODE=release \
    PORT=8080
COPY --link --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --link --from=build /out/notes ./
COPY --link public ./public
COPY --link templates ./templates
USER 65532:65532
EXPOSE 8080
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /ping HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["/app/notes"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
