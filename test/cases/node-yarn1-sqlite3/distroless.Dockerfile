# syntax=docker/dockerfile:1

# deps installs the production packages
FROM node:26-trixie-slim AS deps
WORKDIR /app
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ make python3 python3-setuptools \
 && rm -rf /var/lib/apt/lists/*
# renovate: datasource=npm depName=yarn
ENV YARN_VERSION=1.22.22
RUN npm install --global yarn@${YARN_VERSION}
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=cache,target=/usr/local/share/.cache/yarn,sharing=locked \
    yarn install --frozen-lockfile --production

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
    PORT=8080
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link index.js package.json ./
USER 65532:65532
EXPOSE 8080
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/nodejs/bin/node", "index.js"]
