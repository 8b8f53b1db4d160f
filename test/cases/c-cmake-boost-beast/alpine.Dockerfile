# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache boost-dev build-base ccache cmake pkgconf samurai
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local --preset=release \
 && cmake --build /build --target echo_server \
 && install -D /build/echo_server /install/usr/local/bin/echo_server

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache boost1.84-program_options libstdc++
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 9090
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 9090 -e true"]
ENTRYPOINT ["/usr/local/bin/echo_server"]
