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

# rootfs collects the system files of the runtime image
FROM oven/bun:1-slim AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install -D /usr/local/bin/bun ./usr/local/bin/bun \
 && install -D /usr/bin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM gcr.io/distroless/cc-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app ./
COPY --link apps/stream ./apps/stream
COPY --link packages/playlist ./packages/playlist
WORKDIR /app/apps/stream
USER 65532:65532
EXPOSE 3000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/local/bin/bun", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/usr/local/bin/bun", "src/index.ts"]
