# syntax=docker/dockerfile:1

# build installs all packages and makes what is started
FROM node:26-trixie-slim AS build
WORKDIR /app
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
# NEXT_PUBLIC_TIMES_URL is put into the pages (app/page.tsx:8): --build-arg NEXT_PUBLIC_TIMES_URL=value
ARG NEXT_PUBLIC_TIMES_URL
RUN --mount=type=cache,id=ferry-next-cache,sharing=locked,target=/app/.next/cache \
    npm run build
# what is cached at run time goes to /tmp, for nothing else may be written to
RUN rm -rf .next/standalone/.next/cache && ln -s /tmp .next/standalone/.next/cache

# runtime is the image that ships
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000
COPY --link --from=build /app/.next/standalone ./
COPY --link --from=build /app/.next/static ./.next/static
COPY --link public ./public
USER 65532:65532
EXPOSE 3000
# the runtime asks the program itself: no shell and no curl is needed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["server.js"]
