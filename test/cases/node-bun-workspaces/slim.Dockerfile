# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM oven/bun:1-slim AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    --mount=type=bind,source=packages/playlist/package.json,target=packages/playlist/package.json \
    --mount=type=bind,source=apps/stream/package.json,target=apps/stream/package.json \
    --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile --production

# runtime is the image that ships
FROM oven/bun:1-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app ./
COPY --link apps/stream ./apps/stream
COPY --link packages/playlist ./packages/playlist
WORKDIR /app/apps/stream
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["bun", "src/index.ts"]
