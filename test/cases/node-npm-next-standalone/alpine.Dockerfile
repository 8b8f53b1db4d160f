# syntax=docker/dockerfile:1

# build installs all packages and runs the build
FROM node:26-alpine AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
# NEXT_PUBLIC_TIMES_URL is built into the pages (app/page.tsx:8): set it with --build-arg NEXT_PUBLIC_TIMES_URL=value
ARG NEXT_PUBLIC_TIMES_URL
RUN --mount=type=cache,id=ferry-next-cache,sharing=locked,target=/app/.next/cache \
    npm run build
# caches that are written at run time go to /tmp: the rest of the image is read-only
RUN ln -s /tmp .next/standalone/.next/cache \
 && ln -s /tmp .next/standalone/.next/server/route-cache

# runtime is the image that ships
FROM node:26-alpine AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000
COPY --link --from=build /app/.next/standalone ./
COPY --link --from=build /app/.next/static ./.next/static
COPY --link public ./public
USER 1000:1000
EXPOSE 3000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["node"]
CMD ["server.js"]
