# syntax=docker/dockerfile:1

# build installs all packages and makes what is started
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=bun
ENV BUN_VERSION=1.4.5
RUN npm install --global bun@${BUN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile
COPY . .
RUN --mount=type=cache,id=menu-card-parcel-cache,sharing=locked,target=/app/.parcel-cache \
    bun run build

# server holds the one program of the image that ships
FROM joseluisq/static-web-server:2 AS server

# runtime is the image that ships
FROM scratch AS runtime
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
page404 = "/srv/menu/404.html"

[[advanced.redirects]]
source = "/"
destination = "/menu/"
kind = 302

# a page keeps its name when it changes, so a browser asks whether it has
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# these names hold a hash of their content, so they never change
[[advanced.headers]]
source = "/menu/*.????????.{js,css,svg,png,jpg,webp,woff2}"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/dist /srv/menu
USER 65532:65532
EXPOSE 8080
# nothing in the image could ask, so whoever runs it does: GET /menu/
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
