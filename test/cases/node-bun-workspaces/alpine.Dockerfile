# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM oven/bun:1-alpine AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    --mount=type=bind,source=packages/playlist/package.json,target=packages/playlist/package.json \
    --mount=type=bind,source=apps/stream/package.json,target=apps/stream/package.json \
    --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile --production

# runtime is the image that ships
FROM oven/bun:1-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app ./
COPY --link apps/stream ./apps/stream
COPY --link packages/playlist ./packages/playlist
WORKDIR /app/apps/stream
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["bun", "src/index.ts"]
