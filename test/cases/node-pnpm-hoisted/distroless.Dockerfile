# syntax=docker/dockerfile:1

# deps installs the production packages
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS deps
WORKDIR /app
# renovate: datasource=npm depName=pnpm
ENV PNPM_VERSION=10.34.8
RUN npm install --global pnpm@${PNPM_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=/pnpm-lock.yaml \
    --mount=type=bind,source=pnpm-workspace.yaml,target=pnpm-workspace.yaml \
    --mount=type=bind,source=libs/template/package.json,target=libs/template/package.json \
    --mount=type=bind,source=services/relay/package.json,target=services/relay/package.json \
    --mount=type=cache,target=/root/.local/share/pnpm/store \
    cp /pnpm-lock.yaml . \
 && pnpm install --frozen-lockfile --lockfile-only \
 && pnpm install --no-frozen-lockfile --prod \
 && rm pnpm-lock.yaml

# runtime is the image that ships
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=3000
COPY --link --from=deps /app ./
COPY --link services/relay ./services/relay
COPY --link libs/template ./libs/template
WORKDIR /app/services/relay
USER 65532:65532
EXPOSE 3000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["server.js"]
