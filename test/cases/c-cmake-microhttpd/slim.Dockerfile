# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETARCH
RUN dpkg --add-architecture "$TARGETARCH" \
 && apt-get update \
 && apt-get install --yes --no-install-recommends ccache cmake "crossbuild-essential-$TARGETARCH" dpkg-dev "libjansson-dev:$TARGETARCH" "libmicrohttpd-dev:$TARGETARCH" ninja-build "pkgconf:$TARGETARCH" \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_C_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    triplet="$(dpkg-architecture --host-arch "$TARGETARCH" --query DEB_HOST_GNU_TYPE)" \
 && cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="${triplet%%-*}" -DCMAKE_C_COMPILER="$triplet-gcc" -DPKG_CONFIG_EXECUTABLE="/usr/bin/$triplet-pkg-config" \
 && cmake --build /build \
 && DESTDIR=/install cmake --install /build \
 && rm -rf /install/lib /install/usr/local/include /install/usr/local/lib/cmake /install/usr/local/lib/pkgconfig /install/usr/local/share/pkgconfig /install/usr/local/share/doc /install/usr/local/share/info /install/usr/local/share/man \
 && find /install \( -name '*.a' -o -name '*.la' \) -delete

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libjansson4 libmicrohttpd12t64 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV STATUSD_PORT=8420
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 8420
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$STATUSD_PORT && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["/usr/local/sbin/statusd"]
