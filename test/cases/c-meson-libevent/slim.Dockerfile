# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETARCH
RUN dpkg --add-architecture "$TARGETARCH" \
 && apt-get update \
 && apt-get install --yes --no-install-recommends ccache "crossbuild-essential-$TARGETARCH" dpkg-dev "libevent-dev:$TARGETARCH" meson ninja-build "pkgconf:$TARGETARCH" \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    meson env2mfile --cross --debarch "$TARGETARCH" -o /cross.ini \
 && meson setup /build --buildtype=release --prefix=/usr/local --libdir=lib --cross-file=/cross.ini \
 && meson compile -C /build \
 && meson install -C /build --destdir /install --no-rebuild --skip-subprojects

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libevent-2.1-7t64 libevent-core-2.1-7t64 libevent-extra-2.1-7t64 libevent-openssl-2.1-7t64 libevent-pthreads-2.1-7t64 tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PINGD_HOST=0.0.0.0
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 7070
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7070 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/pingd"]
