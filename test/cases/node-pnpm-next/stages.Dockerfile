# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production or development
ARG ENVIRONMENT=production

# deps installs the production packages
FROM node:26-trixie-slim AS deps
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile --prod

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN --mount=type=cache,id=board-next-cache,sharing=locked,target=/app/.next/cache \
    pnpm run build
# caches that are written at run time go to /tmp: the rest of the image is read-only
RUN rm -rf .next/cache \
 && ln -s /tmp .next/cache \
 && ln -s /tmp .next/server/route-cache

# development has all packages and runs the script dev; changed sources are mounted or copied to /app
FROM node:26-trixie-slim AS development
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY --chown=1000:1000 . .
RUN chown 1000:1000 . node_modules
ENV NEXT_TELEMETRY_DISABLED=1 \
    NODE_ENV=development \
    HOSTNAME=0.0.0.0 \
    PORT=4000
USER 1000:1000
EXPOSE 4000
CMD ["pnpm", "run", "dev", "--hostname", "0.0.0.0", "--port", "4000"]

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=4000
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link --from=build /app/.next ./.next
COPY --link package.json next.config.mjs ./
COPY --link public ./public
USER 1000:1000
EXPOSE 4000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["node"]
CMD ["node_modules/next/dist/bin/next", "start"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
