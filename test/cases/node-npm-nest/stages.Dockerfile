# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production or development
ARG ENVIRONMENT=production

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# development has all packages and runs the script start:dev; changed sources are mounted or copied to /app
FROM node:26-trixie-slim AS development
WORKDIR /app
RUN apt-get update \
 && apt-get install --yes --no-install-recommends procps \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY --chown=1000:1000 . .
RUN chown 1000:1000 . node_modules
ENV NODE_ENV=development \
    PORT=3000
USER 1000:1000
EXPOSE 3000 9229
CMD ["npm", "run", "start:dev", "--", "--debug", "0.0.0.0:9229"]

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link --from=build /app/dist ./dist
COPY --link package.json ./
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/main.js"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
