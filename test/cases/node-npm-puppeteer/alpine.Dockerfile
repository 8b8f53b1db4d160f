# syntax=docker/dockerfile:1

# deps installs the production packages
FROM node:26-alpine AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    export PUPPETEER_SKIP_DOWNLOAD=true \
 && npm ci --omit=dev --no-audit --no-fund

# runtime is the image that ships
FROM node:26-alpine AS runtime
RUN apk add --no-cache chromium font-freefont tini
WORKDIR /app
ENV NODE_ENV=production \
    XDG_CACHE_HOME=/tmp/.chromium \
    XDG_CONFIG_HOME=/tmp/.chromium \
    PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium-browser \
    PORT=3000
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link package.json server.js ./
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# on SIGTERM puppeteer ends its browser alone, and the program would go on
STOPSIGNAL SIGINT
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "server.js"]
