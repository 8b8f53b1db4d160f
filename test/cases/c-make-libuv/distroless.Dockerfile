# syntax=docker/dockerfile:1

# base is the image that the runtime image is built on
FROM gcr.io/distroless/cc-debian13:nonroot AS base

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ libuv1-dev make \
 && rm -rf /var/lib/apt/lists/*
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
 && gcc -Os -s -o /install/usr/local/bin/health /health.c
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV IMAGE_FLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN make CC="gcc $IMAGE_FLAGS" bin/greeter \
 && install -D /src/bin/greeter /install/usr/local/bin/greeter
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# copy the shared libraries that the program loads and the base image lacks; fail if one is missing
RUN --mount=type=bind,from=base,target=/base ! ldd /install/usr/local/bin/greeter | grep 'not found' \
 && ldd /install/usr/local/bin/greeter \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | while read -r library; do \
        test -e "/base$library" || install -D "$library" "/install/usr${library#/usr}"; \
      done

# runtime is the image that ships
FROM base AS runtime
WORKDIR /app
ENV PORT=3456
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 3456
# a port that takes a connection is healthy; a small program asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/local/bin/health", "PORT"]
ENTRYPOINT ["/usr/local/bin/greeter"]
