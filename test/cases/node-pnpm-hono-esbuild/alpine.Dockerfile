# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:24-alpine AS deps
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=9.15.4
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile --prod

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:24-alpine AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=9.15.4
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
RUN pnpm run build

# runtime is the image that ships
FROM node:24-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link --from=build /app/build/index.mjs ./build/index.mjs
COPY --link package.json ./
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 3000 -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "build/index.mjs"]
