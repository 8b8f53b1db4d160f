# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
RUN pnpm run build-storybook

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
page404 = "/srv/404.html"

# pages keep their names, so browsers must revalidate them
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/assets/**"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/storybook-static /srv
USER 65532:65532
EXPOSE 8080
# nothing in the image can ask: let the orchestrator request /
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
