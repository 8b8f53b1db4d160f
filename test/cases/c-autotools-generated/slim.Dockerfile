# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETARCH
RUN dpkg --add-architecture "$TARGETARCH" \
 && apt-get update \
 && apt-get install --yes --no-install-recommends autoconf automake ccache "crossbuild-essential-$TARGETARCH" dpkg-dev "libbz2-dev:$TARGETARCH" "liblzma-dev:$TARGETARCH" "libzstd-dev:$TARGETARCH" "pkgconf:$TARGETARCH" \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    autoreconf --force --install \
 && triplet="$(dpkg-architecture --host-arch "$TARGETARCH" --query DEB_HOST_GNU_TYPE)" \
 && ./configure --prefix=/usr/local --host="$triplet" CC="ccache $triplet-gcc" \
 && make -j"$(nproc)" \
 && make DESTDIR=/install install \
 && rm -rf /install/lib /install/usr/local/include /install/usr/local/lib/cmake /install/usr/local/lib/pkgconfig /install/usr/local/share/pkgconfig /install/usr/local/share/doc /install/usr/local/share/info /install/usr/local/share/man \
 && find /install \( -name '*.a' -o -name '*.la' \) -delete

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libbz2-1.0 liblzma5 libzstd1 tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/squeeze"]
