# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
# renovate: datasource=npm depName=@yarnpkg/cli-dist
ENV YARN_VERSION=4.18.1
RUN npm install --global --force @yarnpkg/cli-dist@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=bind,source=shared/package.json,target=shared/package.json \
    --mount=type=bind,source=services/posts/package.json,target=services/posts/package.json \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn workspaces focus --all --production

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=@yarnpkg/cli-dist
ENV YARN_VERSION=4.18.1
RUN npm install --global --force @yarnpkg/cli-dist@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=bind,source=shared/package.json,target=shared/package.json \
    --mount=type=bind,source=services/posts/package.json,target=services/posts/package.json \
    --mount=type=cache,target=/root/.yarn/berry/cache \
    yarn workspaces focus --all
COPY . .
RUN yarn workspace @forum/posts run build

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app ./
COPY --link --from=build /app/services/posts/dist ./services/posts/dist
COPY --link services/posts/package.json ./services/posts/
COPY --link shared ./shared
WORKDIR /app/services/posts
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["node"]
CMD ["dist/index.js"]
