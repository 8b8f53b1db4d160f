# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache autoconf automake build-base bzip2-dev bzip2-static ccache pkgconf xz-dev xz-static zstd-dev zstd-static
# static archives need their own dependencies too, which pkg-config lists with --static
RUN printf '%s\n' '#!/bin/sh' 'exec /usr/bin/pkg-config --static "$@"' > /usr/local/bin/pkg-config \
 && chmod +x /usr/local/bin/pkg-config
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CC="ccache gcc -static-pie" \
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

# rootfs collects the system files of the runtime image
FROM alpine:3.24 AS rootfs
RUN apk add --no-cache tini-static
WORKDIR /rootfs
RUN mkdir -m 1777 tmp \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /sbin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/squeeze"]
