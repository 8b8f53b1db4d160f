# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base ccache cmake fmt-dev nlohmann-json pkgconf samurai sqlite-dev
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -w -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DTIDES_BUILD_TESTS=OFF \
 && cmake --build /build \
 && DESTDIR=/install cmake --install /build

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache fmt libstdc++ sqlite-libs tini
WORKDIR /app
COPY --link --from=build /install /
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/tides"]
