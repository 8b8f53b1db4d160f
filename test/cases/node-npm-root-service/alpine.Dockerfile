# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-alpine AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=lib/thumbs/package.json,target=lib/thumbs/package.json \
    --mount=type=bind,source=lib/words/package.json,target=lib/words/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-alpine AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=lib/thumbs/package.json,target=lib/thumbs/package.json \
    --mount=type=bind,source=lib/words/package.json,target=lib/words/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
RUN npm run build --workspace=lib/thumbs \
 && npm run build

# runtime is the image that ships
FROM node:26-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production \
    PORT=5000
COPY --link --from=deps /app ./
COPY --link --from=build /app/dist ./dist
COPY --link package.json ./
COPY --link lib/thumbs/package.json ./lib/thumbs/
COPY --link --from=build /app/lib/thumbs/dist ./lib/thumbs/dist
COPY --link lib/words ./lib/words
USER 1000:1000
EXPOSE 5000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "dist/server.js"]
