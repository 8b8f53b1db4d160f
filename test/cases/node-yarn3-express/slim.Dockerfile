# syntax=docker/dockerfile:1

# deps installs the packages that run in production
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
# renovate: datasource=npm depName=@yarnpkg/cli-dist
ENV YARN_VERSION=3.8.7
RUN npm install --global --force @yarnpkg/cli-dist@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn install --immutable \
 && npm prune --omit=dev --no-save --no-package-lock --legacy-peer-deps --no-audit --no-fund

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
    PORT=8081
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link . .
USER 1000:1000
EXPOSE 8081
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "src/index.js"]
