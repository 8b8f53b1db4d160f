# syntax=docker/dockerfile:1

# build compiles the program on the system that it runs on, and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache curl-dev libmicrohttpd-dev meson pkgconf samurai
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -ftrivial-auto-var-init=zero -w" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    meson setup /build --buildtype=release --prefix=/usr/local --libdir=lib \
 && meson compile -C /build \
 && meson install -C /build --destdir /install --no-rebuild --skip-subprojects

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libcurl libmicrohttpd
COPY --link --from=build /install /
WORKDIR /app
ENV PORT=8086
USER 65532:65532
EXPOSE 8086
# BusyBox asks: it is in the image anyway
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8086/healthz"]
ENTRYPOINT ["/usr/local/bin/lookout"]
