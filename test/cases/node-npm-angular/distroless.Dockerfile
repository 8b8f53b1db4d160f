# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
ENV NG_CLI_ANALYTICS=false
RUN --mount=type=cache,id=roster-angular-cache,sharing=locked,target=/app/.angular/cache \
    npm run build

# server provides the web server, a single static binary
FROM joseluisq/static-web-server:2 AS server

# runtime is the image that ships
FROM gcr.io/distroless/static-debian13:nonroot AS runtime
COPY --link --from=server /static-web-server /static-web-server
COPY --link <<'EOF' /etc/static-web-server.toml
[general]
host = "0.0.0.0"
port = 8080
root = "/srv"
compression = true
compression-static = true
cache-control-headers = false
# serve /blog from blog.html, or else from blog/index.html
redirect-trailing-slash = false
ignore-hidden-files = false
# the app handles paths that match no file
page-fallback = "/srv/index.html"

# pages keep their names, so browsers must revalidate them
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/media/**"
headers = { Cache-Control = "public, max-age=31536000, immutable" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/*-????????.{js,css}"
headers = { Cache-Control = "public, max-age=31536000, immutable" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/*.????????????????.{js,css}"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/dist/roster/browser /srv
USER 65532:65532
EXPOSE 8080
# nothing in the image can ask: let the orchestrator request /
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
