# syntax=docker/dockerfile:1

# deps installs the packages that run in production
FROM node:26-alpine AS deps
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile --prod

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
ENV NEXT_TELEMETRY_DISABLED=1
RUN --mount=type=cache,id=board-next-cache,sharing=locked,target=/app/.next/cache \
    pnpm run build
# what is cached at run time goes to /tmp, for nothing else may be written to
RUN rm -rf .next/cache && ln -s /tmp .next/cache

# runtime is the image that ships
FROM node:26-alpine AS runtime
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
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["node_modules/next/dist/bin/next", "start"]
