# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache g++ libcurl4-openssl-dev libmicrohttpd-dev make meson ninja-build pkgconf \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -w" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    meson setup /build --buildtype=release --prefix=/usr/local --libdir=lib \
 && meson compile -C /build \
 && meson install -C /build --destdir /install --no-rebuild --skip-subprojects

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates libcurl4t64 libmicrohttpd12t64 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PORT=8086
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 8086
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["/usr/local/bin/lookout"]
