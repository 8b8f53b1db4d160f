# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache pcre2-dev pkgconf
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

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libstdc++ pcre2 tini
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/matcher"]
