# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=packages/iban/package.json,target=packages/iban/package.json \
    --mount=type=bind,source=packages/ledger/package.json,target=packages/ledger/package.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --no-audit --no-fund

# build installs all packages and runs the build
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS build
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
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3333
COPY --link --from=deps /app ./
COPY --link --from=build /app/packages/ledger/dist ./packages/ledger/dist
COPY --link packages/ledger/package.json ./packages/ledger/
COPY --link packages/iban/package.json ./packages/iban/
COPY --link --from=build /app/packages/iban/dist ./packages/iban/dist
WORKDIR /app/packages/ledger
USER 65532:65532
EXPOSE 3333
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["dist/main.js"]
