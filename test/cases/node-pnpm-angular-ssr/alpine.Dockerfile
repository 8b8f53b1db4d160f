# syntax=docker/dockerfile:1

# build installs all packages and makes what is started
FROM --platform=$BUILDPLATFORM node:26-alpine AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
ENV NG_CLI_ANALYTICS=false
RUN --mount=type=cache,id=almanac-angular-cache,sharing=locked,target=/app/.angular/cache \
    pnpm run build

# runtime is the image that ships
FROM node:26-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production \
    PORT=4000
COPY --link --from=build /app/dist/almanac ./dist/almanac
USER 1000:1000
EXPOSE 4000
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "dist/almanac/server/server.mjs"]
