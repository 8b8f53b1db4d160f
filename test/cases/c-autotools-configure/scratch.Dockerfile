# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache pcre2-dev pcre2-static pkgconf
# static archives need their own dependencies too, which pkg-config lists with --static
RUN printf '%s\n' '#!/bin/sh' 'exec /usr/bin/pkg-config --static "$@"' > /usr/local/bin/pkg-config \
 && chmod +x /usr/local/bin/pkg-config
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXX="ccache g++ -static-pie" \
    CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    sh ./configure --prefix=/usr/local \
 && make -j"$(nproc)" AUTOCONF=: AUTOHEADER=: AUTOMAKE=: ACLOCAL=: \
 && make DESTDIR=/install AUTOCONF=: AUTOHEADER=: AUTOMAKE=: ACLOCAL=: install

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
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/matcher"]
