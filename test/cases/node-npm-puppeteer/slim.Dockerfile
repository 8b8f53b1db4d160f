# syntax=docker/dockerfile:1

# deps installs the packages that run in production
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
COPY --link . .
USER 1000:1000
EXPOSE 3000
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# puppeteer takes SIGTERM for its browser alone, and the program would go on
STOPSIGNAL SIGINT
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "server.js"]
