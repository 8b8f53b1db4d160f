# syntax=docker/dockerfile:1

# deps installs the production packages
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

# build installs all packages and runs the build
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
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 3001 -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "--enable-source-maps", "dist/server.js"]
