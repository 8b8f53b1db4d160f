# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-alpine AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=packages/iban/package.json,target=packages/iban/package.json \
    --mount=type=bind,source=packages/ledger/package.json,target=packages/ledger/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-alpine AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=packages/iban/package.json,target=packages/iban/package.json \
    --mount=type=bind,source=packages/ledger/package.json,target=packages/ledger/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
RUN NX_DAEMON=false NX_NO_CLOUD=true npx nx run-many --target=build --projects=@bank/ledger

# runtime is the image that ships
FROM node:26-alpine AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3333
COPY --link --from=deps /app ./
COPY --link --from=build /app/packages/ledger/dist ./packages/ledger/dist
COPY --link packages/ledger/package.json ./packages/ledger/
COPY --link packages/iban/package.json ./packages/iban/
COPY --link --from=build /app/packages/iban/dist ./packages/iban/dist
WORKDIR /app/packages/ledger
USER 1000:1000
EXPOSE 3333
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["node"]
CMD ["dist/main.js"]
