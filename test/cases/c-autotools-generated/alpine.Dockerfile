# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache autoconf automake build-base bzip2-dev ccache pkgconf xz-dev zstd-dev
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CC="ccache gcc" \
    CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    autoreconf --force --install \
 && ./configure --prefix=/usr/local \
 && make -j"$(nproc)" \
 && make DESTDIR=/install install \
 && rm -rf /install/lib /install/usr/local/include /install/usr/local/lib/cmake /install/usr/local/lib/pkgconfig /install/usr/local/share/pkgconfig /install/usr/local/share/doc /install/usr/local/share/info /install/usr/local/share/man \
 && find /install \( -name '*.a' -o -name '*.la' \) -delete

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libbz2 tini xz-libs zstd-libs
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/squeeze"]
