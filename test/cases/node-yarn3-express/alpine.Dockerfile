# syntax=docker/dockerfile:1

# deps installs the packages that run in production
FROM --platform=$BUILDPLATFORM node:26-alpine AS deps
WORKDIR /app
RUN npm install --global --force @yarnpkg/cli-dist@3.8.7
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn install --immutable \
 && npm prune --omit=dev --no-save --no-package-lock --legacy-peer-deps --no-audit --no-fund

# runtime is the image that ships
FROM node:26-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production \
    PORT=8081
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link . .
USER 1000:1000
EXPOSE 8081
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "src/index.js"]
