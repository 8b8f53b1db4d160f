# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production or development
ARG ENVIRONMENT=production

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
# VITE_API_URL is built into the pages (src/api.ts:1): set it with --build-arg VITE_API_URL=value
ARG VITE_API_URL
RUN --mount=type=secret,id=VITE_MAP_TOKEN,env=VITE_MAP_TOKEN \
    npm run build

# development has all packages and runs the script dev; changed sources are mounted or copied to /app
FROM node:26-trixie-slim AS development
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY --chown=1000:1000 . .
RUN chown 1000:1000 . node_modules
ENV NODE_ENV=development \
    PORT=8080
USER 1000:1000
EXPOSE 8080
CMD ["npm", "run", "dev", "--", "--host", "0.0.0.0", "--port", "8080"]

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
    # the app handles paths that match no file
    try_files $uri $uri.html $uri/index.html /index.html;
  }

  # names with a content hash never change, so they can be cached for good
  location ^~ /assets/ {
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

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
