# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ libuv1-dev make \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV IMAGE_FLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN make CC="gcc $IMAGE_FLAGS" bin/greeter \
 && install -D /src/bin/greeter /install/usr/local/bin/greeter

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libuv1t64 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PORT=3456
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 3456
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT"]
ENTRYPOINT ["/usr/local/bin/greeter"]
