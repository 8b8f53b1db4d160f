# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production, development or test
ARG ENVIRONMENT=production

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache cmake g++ make ninja-build \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_C_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DBUILD_TESTING=OFF \
 && cmake --build /build \
 && DESTDIR=/install cmake --install /build

# development has the compiler and gdb, and starts the program again when a source changes; changed sources are mounted or copied to /src
FROM debian:trixie-slim AS development
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache cmake entr g++ gdb make ninja-build \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ENV CFLAGS="-O0 -g3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed" \
    CMAKE_C_COMPILER_LAUNCHER=ccache \
    CCACHE_DIR=/tmp/ccache
RUN cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_INSTALL_PREFIX=/usr/local -DBUILD_TESTING=OFF \
 && cmake --build /build \
 && cmake --install /build \
 && chown -R 65532:65532 . /usr/local /build /tmp/ccache
USER 65532:65532
EXPOSE 8095
CMD ["sh", "-c", "trap exit TERM INT; while :; do find . -name '*.[chCH]*' | entr -dnr sh -c 'cmake --build /build && cmake --install /build && exec /usr/local/bin/echo-date' & wait $!; done"]

# test compiles and runs the tests (CMakeLists.txt): its build fails when one of them does
FROM debian:trixie-slim AS test
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache cmake g++ make ninja-build \
 && rm -rf /var/lib/apt/lists/*
ENV CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_C_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DBUILD_TESTING=ON \
 && cmake --build /build \
 && ctest --test-dir /build --output-on-failure --no-tests=error

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 8095
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8095"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/echo-date"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
