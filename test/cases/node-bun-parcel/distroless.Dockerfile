# syntax=docker/dockerfile:1

# build installs all packages and runs the build
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
page404 = "/srv/menu/404.html"

[[advanced.redirects]]
source = "/"
destination = "/menu/"
kind = 302

# pages keep their names, so browsers must revalidate them
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/menu/*.????????.{js,css,svg,png,jpg,webp,woff2}"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/dist /srv/menu
USER 65532:65532
EXPOSE 8080
# nothing in the image can ask: let the orchestrator request /menu/
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
