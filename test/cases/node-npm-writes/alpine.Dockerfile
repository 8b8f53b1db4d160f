# syntax=docker/dockerfile:1

# links holds symbolic links in place of the files that the program writes beside itself
FROM --platform=$BUILDPLATFORM node:26-alpine AS links
RUN mkdir -p /links/app \
 && ln -s /data/visits.db /links/app/visits.db

# runtime is the image that ships
FROM node:26-alpine AS runtime
RUN apk add --no-cache tini
WORKDIR /app
ENV NODE_ENV=production \
    UPLOADS=/data/uploads
COPY --link --parents package.json server.js ./
COPY --chown=1000:1000 stock ./stock
COPY --link --from=links /links /
USER 1000:1000
# the user owns these folders: mount volumes there
WORKDIR /app/logs
WORKDIR /app/stock
WORKDIR /data
WORKDIR /data/uploads
WORKDIR /app
EXPOSE 3000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 3000 -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "server.js"]
