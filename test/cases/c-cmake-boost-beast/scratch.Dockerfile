# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache boost-dev boost1.84-static build-base ccache cmake pkgconf samurai
# the program for the health check: it connects to a port, given as a number or a variable, and requests the path
RUN printf '%s\n' \
    '#include <arpa/inet.h>' \
    '#include <stdio.h>' \
    '#include <stdlib.h>' \
    '#include <sys/socket.h>' \
    'int main(int argc, char **argv) {' \
    '  struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};' \
    '  char answer[12] = "";' \
    '  int s = socket(AF_INET, SOCK_STREAM, 0);' \
    '  if (argc < 2) return 2;' \
    '  to.sin_port = htons(atoi(getenv(argv[1]) ? getenv(argv[1]) : argv[1]));' \
    '  if (connect(s, (struct sockaddr *)&to, sizeof to) != 0) return 1;' \
    '  if (argc < 3) return 0;' \
    '  dprintf(s, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", argv[2]);' \
    '  return recv(s, answer, 12, MSG_WAITALL) < 12 || answer[9] > 52;' \
    '}' > /health.c \
 && install -d /install/usr/local/bin \
 && gcc -Os -static-pie -s -o /install/usr/local/bin/health /health.c
# static archives need their own dependencies too, which pkg-config lists with --static
RUN printf '%s\n' '#!/bin/sh' 'exec /usr/bin/pkg-config --static "$@"' > /usr/local/bin/pkg-config \
 && chmod +x /usr/local/bin/pkg-config
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-static-pie -Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    echo 'set(CMAKE_FIND_LIBRARY_SUFFIXES .a)' > /archives.cmake \
 && cmake -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DCMAKE_PROJECT_INCLUDE=/archives.cmake -DBoost_USE_STATIC_LIBS=ON --preset=release \
 && cmake --build /build --target echo_server \
 && install -D /build/echo_server /install/usr/local/bin/echo_server

# rootfs collects the system files of the runtime image
FROM --platform=$BUILDPLATFORM alpine:3.24 AS rootfs
WORKDIR /rootfs
RUN mkdir -m 1777 tmp \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 9090
# a port that takes a connection is healthy; a small program asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/local/bin/health", "9090"]
ENTRYPOINT ["/usr/local/bin/echo_server"]
