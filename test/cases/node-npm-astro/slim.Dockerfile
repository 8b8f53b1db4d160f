# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
ENV ASTRO_TELEMETRY_DISABLED=1
RUN npm run build

# runtime is the image that ships
FROM nginxinc/nginx-unprivileged:1.30-trixie AS runtime
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

  location / {
    try_files $uri $uri.html $uri/ =404;
  }
  error_page 403 =404 /404.html;
  error_page 404 /404.html;

  # names with a content hash never change, so they can be cached for good
  location ^~ /_astro/ {
    add_header Cache-Control "public, max-age=31536000, immutable";
    add_header X-Content-Type-Options nosniff;
    try_files $uri =404;
  }
}
EOF

COPY --link --from=build /app/dist /srv
USER 101:101
EXPOSE 8080
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["nginx"]
CMD ["-g", "daemon off;"]
