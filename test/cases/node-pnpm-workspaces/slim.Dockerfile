# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:24-trixie-slim AS deps
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=bind,source=pnpm-workspace.yaml,target=pnpm-workspace.yaml \
    --mount=type=bind,source=packages/schema/package.json,target=packages/schema/package.json \
    --mount=type=bind,source=apps/api/package.json,target=apps/api/package.json \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile --prod

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:24-trixie-slim AS build
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    --mount=type=bind,source=pnpm-workspace.yaml,target=pnpm-workspace.yaml \
    --mount=type=bind,source=packages/tsconfig/package.json,target=packages/tsconfig/package.json \
    --mount=type=bind,source=packages/schema/package.json,target=packages/schema/package.json \
    --mount=type=bind,source=apps/api/package.json,target=apps/api/package.json \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    pnpm install --frozen-lockfile
COPY . .
RUN pnpm --filter @notes/api... run build

# runtime is the image that ships
FROM node:24-trixie-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=8080
COPY --link --from=deps /app ./
COPY --link --from=build /app/apps/api/dist ./apps/api/dist
COPY --link apps/api/package.json ./apps/api/
COPY --link packages/schema/package.json ./packages/schema/
COPY --link --from=build /app/packages/schema/dist ./packages/schema/dist
WORKDIR /app/apps/api
USER 1000:1000
EXPOSE 8080
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["node"]
CMD ["dist/server.js"]
