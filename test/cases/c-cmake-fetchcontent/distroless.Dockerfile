# syntax=docker/dockerfile:1

# base is the image that the runtime image is built on
FROM gcr.io/distroless/cc-debian13:nonroot AS base

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ccache cmake g++ libfmt-dev make ninja-build nlohmann-json3-dev pkgconf \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s" \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr/local -DBUILD_SHARED_LIBS=OFF \
 && cmake --build /build \
 && DESTDIR=/install cmake --install /build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# copy the shared libraries that the program loads and the base image lacks; fail if one is missing
RUN --mount=type=bind,from=base,target=/base ! ldd /install/usr/local/bin/catalogue | grep 'not found' \
 && ldd /install/usr/local/bin/catalogue \
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
COPY --link data/books.json /app/data/books.json
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/catalogue"]
