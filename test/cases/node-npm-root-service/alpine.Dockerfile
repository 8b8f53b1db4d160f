# syntax=docker/dockerfile:1

# deps installs the packages that run in production
FROM --platform=$BUILDPLATFORM node:26-alpine AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=lib/thumbs/package.json,target=lib/thumbs/package.json \
    --mount=type=bind,source=lib/words/package.json,target=lib/words/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and makes what is started
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
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "dist/server.js"]
