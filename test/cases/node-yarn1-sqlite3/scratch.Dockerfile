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
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates tini tzdata \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt /etc/nsswitch.conf /usr/share/zoneinfo . \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /usr/local/bin/node ./usr/local/bin/node \
 && install -D /usr/bin/tini-static ./usr/bin/tini
# copy the shared libraries that are loaded; ldd lists none for modules of other platforms
RUN --mount=type=bind,from=deps,source=/app/node_modules,target=/app/node_modules \
    find /usr/local/bin/node /app/node_modules -type f -regex '/usr/.*\|.*\.node' -exec ldd {} \; \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | xargs cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM scratch AS runtime
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
  CMD ["/usr/local/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/usr/local/bin/node", "index.js"]
