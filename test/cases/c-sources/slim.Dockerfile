# syntax=docker/dockerfile:1

# build compiles the program for every platform on the builder's own, and installs it below /install
FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETARCH
RUN dpkg --add-architecture "$TARGETARCH" \
 && apt-get update \
 && apt-get install --yes --no-install-recommends "crossbuild-essential-$TARGETARCH" dpkg-dev "zlib1g-dev:$TARGETARCH" \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN install -d /install/usr/local/bin \
 && triplet="$(dpkg-architecture --host-arch "$TARGETARCH" --query DEB_HOST_GNU_TYPE)" \
 && "$triplet-gcc" -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -ftrivial-auto-var-init=zero -pthread -Wl,-z,relro,-z,now -Wl,--as-needed -s -o /install/usr/local/bin/server server.c stats.c -lz -lm

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini zlib1g \
 && rm -rf /var/lib/apt/lists/*
COPY --link --from=build /install /
WORKDIR /app
USER 65532:65532
EXPOSE 5050
# Bash asks: it is in the image anyway, and curl is not
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5050"]
# as process 1 the program would ignore SIGTERM, so tini is and hands it on
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/server"]
