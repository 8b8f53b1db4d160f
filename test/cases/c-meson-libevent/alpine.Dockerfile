# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache libevent-dev meson pkgconf samurai
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    meson setup /build --buildtype=release --prefix=/usr/local --libdir=lib \
 && meson compile -C /build \
 && meson install -C /build --destdir /install --no-rebuild --skip-subprojects

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libevent tini
WORKDIR /app
ENV PINGD_HOST=0.0.0.0
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 7070
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 7070 -e sh -c 'printf \"GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/pingd"]
