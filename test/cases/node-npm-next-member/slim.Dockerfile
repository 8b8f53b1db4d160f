# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=packages/menu/package.json,target=packages/menu/package.json \
    --mount=type=bind,source=apps/site/package.json,target=apps/site/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN --mount=type=cache,id=canteen-site-apps-site-next-cache,sharing=locked,target=/app/apps/site/.next/cache \
    npm run build --workspace=packages/menu \
 && npm run build --workspace=apps/site
# caches that are written at run time go to /tmp: the rest of the image is read-only
RUN ln -s /tmp apps/site/.next/standalone/apps/site/.next/cache \
 && ln -s /tmp apps/site/.next/standalone/apps/site/.next/server/route-cache

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000
COPY --link --from=build /app/apps/site/.next/standalone ./
COPY --link --from=build /app/apps/site/.next/static ./apps/site/.next/static
COPY --link apps/site/public ./apps/site/public
WORKDIR /app/apps/site
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["node"]
CMD ["server.js"]
