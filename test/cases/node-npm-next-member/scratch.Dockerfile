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

# rootfs collects the system files of the runtime image
FROM node:26-trixie-slim AS rootfs
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt /etc/nsswitch.conf /usr/share/zoneinfo . \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /usr/local/bin/node ./usr/local/bin/node
# copy the shared libraries that are loaded; ldd lists none for modules of other platforms
RUN --mount=type=bind,from=build,source=/app/apps/site/.next/standalone,target=/app/apps/site/.next/standalone \
    find /usr/local/bin/node /app/apps/site/.next/standalone -type f -regex '/usr/.*\|.*\.node' -exec ldd {} \; \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | xargs cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000
COPY --link --from=build /app/apps/site/.next/standalone ./
COPY --link --from=build /app/apps/site/.next/static ./apps/site/.next/static
COPY --link apps/site/public ./apps/site/public
WORKDIR /app/apps/site
USER 65532:65532
EXPOSE 3000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/local/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["server.js"]
