# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=@yarnpkg/cli-dist
ENV YARN_VERSION=4.18.1
RUN npm install --global --force @yarnpkg/cli-dist@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn install --immutable
COPY . .
RUN --mount=type=cache,id=handbook-node-modules-cache,sharing=locked,target=/app/node_modules/.cache \
    yarn run build

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
page404 = "/srv/handbook/404.html"

[[advanced.redirects]]
source = "/"
destination = "/handbook/"
kind = 302

# pages keep their names, so browsers must revalidate them
[[advanced.headers]]
source = "**"
headers = { Cache-Control = "no-cache", X-Content-Type-Options = "nosniff" }

# names with a content hash never change, so they can be cached for good
[[advanced.headers]]
source = "/handbook/assets/**"
headers = { Cache-Control = "public, max-age=31536000, immutable" }
EOF

COPY --link --from=build /app/build /srv/handbook
USER 65532:65532
EXPOSE 8080
# nothing in the image can ask: let the orchestrator request /handbook/
HEALTHCHECK NONE
ENTRYPOINT ["/static-web-server"]
CMD ["--config-file", "/etc/static-web-server.toml"]
