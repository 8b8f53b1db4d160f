# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=lib/thumbs/package.json,target=lib/thumbs/package.json \
    --mount=type=bind,source=lib/words/package.json,target=lib/words/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
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

# rootfs collects the system files of the runtime image
FROM node:26-trixie-slim AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install -D /usr/bin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV NODE_ENV=production \
    PORT=5000
COPY --link --from=deps /app ./
COPY --link --from=build /app/dist ./dist
COPY --link package.json ./
COPY --link lib/thumbs/package.json ./lib/thumbs/
COPY --link --from=build /app/lib/thumbs/dist ./lib/thumbs/dist
COPY --link lib/words ./lib/words
USER 65532:65532
EXPOSE 5000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/nodejs/bin/node", "dist/server.js"]
