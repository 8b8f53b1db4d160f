# syntax=docker/dockerfile:1

# base is the image that the runtime image is built on
FROM gcr.io/distroless/cc-debian13:nonroot AS base

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache g++ libpcre2-dev make pkgconf \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXX="ccache g++" \
    CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    sh ./configure --prefix=/usr/local \
 && make -j"$(nproc)" AUTOCONF=: AUTOHEADER=: AUTOMAKE=: ACLOCAL=: \
 && make DESTDIR=/install AUTOCONF=: AUTOHEADER=: AUTOMAKE=: ACLOCAL=: install
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# copy the shared libraries that the program loads and the base image lacks; fail if one is missing
RUN --mount=type=bind,from=base,target=/base ! ldd /install/usr/local/bin/matcher | grep 'not found' \
 && ldd /install/usr/local/bin/matcher \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | while read -r library; do \
        test -e "/base$library" || install -D "$library" "/install/usr${library#/usr}"; \
      done

# rootfs collects the system files of the runtime image
FROM debian:trixie-slim AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install -D /usr/bin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM base AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/matcher"]
