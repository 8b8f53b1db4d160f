# syntax=docker/dockerfile:1

# deps installs the packages that run in production
FROM --platform=$BUILDPLATFORM node:24-alpine AS deps
WORKDIR /app
# renovate: datasource=npm depName=@yarnpkg/cli-dist
ENV YARN_VERSION=4.18.1
RUN npm install --global --force @yarnpkg/cli-dist@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn workspaces focus --all --production

# build installs all packages and makes what is started
FROM --platform=$BUILDPLATFORM node:24-alpine AS build
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
RUN yarn run build

# runtime is the image that ships
FROM node:24-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link --from=build /app/dist ./dist
COPY --link package.json ./
COPY --link public ./public
USER 1000:1000
EXPOSE 3001
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3001/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "--enable-source-maps", "dist/server.js"]
