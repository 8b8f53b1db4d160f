# syntax=docker/dockerfile:1

# deps installs the production packages
FROM node:26-alpine AS deps
WORKDIR /app
RUN apk add --no-cache g++ make python3
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile --prod

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-alpine AS build
WORKDIR /app
RUN apk add --no-cache g++ make python3
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
RUN pnpm run build \
 && install -d -m 1777 /writable/tmp

# runtime is the image that ships
FROM node:26-alpine AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3333
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link --from=build /app/build ./
COPY --link --from=build /writable ./
USER 1000:1000
EXPOSE 3333
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["node"]
CMD ["bin/server.js"]
