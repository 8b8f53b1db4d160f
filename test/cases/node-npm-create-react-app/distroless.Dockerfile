# syntax=docker/dockerfile:1

# build installs all packages and makes what is started
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
# REACT_APP_API is put into the pages (src/App.js:1): --build-arg REACT_APP_API=value
ARG REACT_APP_API
RUN --mount=type=cache,id=recipes-node-modules-cache,sharing=locked,target=/app/node_modules/.cache \
    npm run build

# server holds the one program of the image that ships
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
# a page may be called like a folder: /blog is blog.html, or else blog/index.html
redirect-trailing-slash = false
ignore-hidden-files = false
# paths that no file has are the app's own
page-fallback = "/srv/index.html"

# a page keeps its name when it changes, so a browser asks whether it has
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# these names hold a hash of their content, so they never change
[[advanced.headers]]
source = "/static/**"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/build /srv
USER 65532:65532
EXPOSE 8080
# nothing in the image could ask, so whoever runs it does: GET /
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
