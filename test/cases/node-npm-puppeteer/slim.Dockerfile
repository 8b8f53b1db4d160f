# syntax=docker/dockerfile:1

# deps installs the production packages
FROM node:26-trixie-slim AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    export PUPPETEER_SKIP_DOWNLOAD=true \
 && npm ci --omit=dev --no-audit --no-fund

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends chromium fonts-freefont-ttf tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
    XDG_CACHE_HOME=/tmp/.chromium \
    XDG_CONFIG_HOME=/tmp/.chromium \
    PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium \
    PORT=3000
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link package.json server.js ./
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# on SIGTERM puppeteer ends its browser alone, and the program would go on
STOPSIGNAL SIGINT
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "server.js"]
