# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base libuv-dev
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV IMAGE_FLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN make CC="gcc $IMAGE_FLAGS" bin/greeter \
 && install -D /src/bin/greeter /install/usr/local/bin/greeter

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libuv
WORKDIR /app
ENV PORT=3456
COPY --link --from=build /install /
USER 65532:65532
EXPOSE 3456
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 $PORT -e true"]
ENTRYPOINT ["/usr/local/bin/greeter"]
