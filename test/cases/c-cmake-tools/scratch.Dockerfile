# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache cmake openssl-dev openssl-libs-static pkgconf samurai sqlite-dev sqlite-static zlib-dev zlib-static zstd-dev zstd-static
# static archives need their own dependencies too, which pkg-config lists with --static
RUN printf '%s\n' '#!/bin/sh' 'exec /usr/bin/pkg-config --static "$@"' > /usr/local/bin/pkg-config \
 && chmod +x /usr/local/bin/pkg-config
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-static-pie -Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_C_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    echo 'set(CMAKE_FIND_LIBRARY_SUFFIXES .a)' > /archives.cmake \
 && cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DCMAKE_PROJECT_INCLUDE=/archives.cmake -DZLIB_USE_STATIC_LIBS=ON -DOPENSSL_USE_STATIC_LIBS=ON -DCMAKE_C_STANDARD_LIBRARIES=-lm -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF \
 && cmake --build /build --target depot-pack \
 && install -D /build/bin/depot-pack /install/usr/local/bin/depot-pack

# rootfs collects the system files of the runtime image
FROM alpine:3.24 AS rootfs
RUN apk add --no-cache ca-certificates tini-static
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt . \
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
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/depot-pack"]
