# syntax=docker/dockerfile:1

# deps installs the packages that run in production
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

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
    PORT=8080
COPY --link --from=deps /app/node_modules ./node_modules
COPY --link . .
USER 1000:1000
EXPOSE 8080
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "index.js"]
