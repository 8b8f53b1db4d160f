# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache g++ libarchive-dev libyaml-cpp-dev make meson ninja-build pkgconf \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    meson setup /build --buildtype=release --prefix=/usr/local --libdir=lib \
 && meson compile -C /build \
 && meson install -C /build --destdir /install --no-rebuild --skip-subprojects \
 && rm -rf /install/lib /install/usr/local/include /install/usr/local/lib/cmake /install/usr/local/lib/pkgconfig /install/usr/local/share/pkgconfig /install/usr/local/share/doc /install/usr/local/share/info /install/usr/local/share/man \
 && find /install \( -name '*.a' -o -name '*.la' \) -delete
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# copy the shared libraries that the program loads; fail if one is missing
RUN ! ldd /install/usr/local/bin/manifest-reader | grep 'not found' \
 && ldd /install/usr/local/bin/manifest-reader \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | while read -r library; do \
        test -e "/base$library" || install -D "$library" "/install${library#/usr}"; \
      done

# rootfs collects the system files of the runtime image
FROM debian:trixie-slim AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN mkdir -m 1777 tmp \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /usr/bin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/manifest-reader"]
