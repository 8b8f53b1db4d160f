# syntax=docker/dockerfile:1

# pages builds the front end in ui
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS pages
WORKDIR /app
RUN --mount=type=bind,source=ui/package.json,target=package.json \
    --mount=type=bind,source=ui/package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY ui .
RUN npm run build

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
ARG TARGETOS TARGETARCH
RUN --mount=type=bind,target=.,rw \
    --mount=type=bind,from=pages,source=/app/dist,target=ui/dist \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/notes .

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
WORKDIR /app
ENV PORT=8080
COPY --link --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --link --from=build /out/notes ./
USER 65532:65532
EXPOSE 8080
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT"]
ENTRYPOINT ["/app/notes"]
