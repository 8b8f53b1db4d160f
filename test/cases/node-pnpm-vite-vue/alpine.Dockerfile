# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-alpine AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
# VITE_PAGE_SIZE is built into the pages (src/Seeds.vue:2): set it with --build-arg VITE_PAGE_SIZE=value
ARG VITE_PAGE_SIZE=50
RUN pnpm run build

# runtime is the image that ships
FROM nginxinc/nginx-unprivileged:1.30-alpine-slim AS runtime
COPY --link <<'EOF' /etc/nginx/conf.d/default.conf
server {
  listen 8080;
  root /srv;
  server_tokens off;
  absolute_redirect off;
  charset utf-8;
  include /etc/nginx/mime.types;
  types {
    application/javascript mjs;
    application/manifest+json webmanifest;
  }

  gzip on;
  gzip_static on;
  gzip_vary on;
  gzip_proxied any;
  gzip_types text/css text/javascript text/plain text/xml application/javascript application/json application/manifest+json application/wasm application/xml image/svg+xml;

  # pages keep their names, so browsers must revalidate them
  add_header Cache-Control no-cache;
  add_header X-Content-Type-Options nosniff;

  location = / {
    return 302 /shop/;
  }

  location / {
    # the app handles paths that match no file
    try_files $uri $uri.html $uri/index.html /shop/index.html;
  }

  # names with a content hash never change, so they can be cached for good
  location ^~ /shop/files/ {
    add_header Cache-Control "public, max-age=31536000, immutable";
    add_header X-Content-Type-Options nosniff;
    try_files $uri =404;
  }
}
EOF

COPY --link --from=build /app/www /srv/shop
USER 101:101
EXPOSE 8080
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8080 -e sh -c 'printf \"GET /shop/ HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["nginx"]
CMD ["-g", "daemon off;"]
