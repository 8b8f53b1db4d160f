# syntax=docker/dockerfile:1

# rootfs collects the system files of the runtime image
FROM node:26-trixie-slim AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install -D /usr/bin/tini-static ./usr/bin/tini

# links holds symbolic links in place of the files that the program writes beside itself
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS links
RUN mkdir -p /links/app \
 && ln -s /data/visits.db /links/app/visits.db

# runtime is the image that ships
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV NODE_ENV=production \
    UPLOADS=/data/uploads
COPY --link --parents package.json server.js ./
COPY --chown=65532:65532 stock ./stock
COPY --link --from=links /links /
USER 65532:65532
# the user owns these folders: mount volumes there
WORKDIR /app/logs
WORKDIR /app/stock
WORKDIR /data
WORKDIR /data/uploads
WORKDIR /app
EXPOSE 3000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:3000/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/nodejs/bin/node", "server.js"]
