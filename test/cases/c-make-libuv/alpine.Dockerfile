# syntax=docker/dockerfile:1

# build compiles the program on the system that it runs on, and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base libuv-dev
WORKDIR /src
COPY . .
RUN make CC='gcc -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -ftrivial-auto-var-init=zero -Wl,-z,relro,-z,now -Wl,--as-needed -s' bin/greeter \
 && install -D /src/bin/greeter /install/usr/local/bin/greeter

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache libuv
COPY --link --from=build /install /
WORKDIR /app
ENV PORT=3456
USER 65532:65532
EXPOSE 3456
# BusyBox asks: it is in the image anyway
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["busybox", "nc", "127.0.0.1", "3456", "-e", "true"]
ENTRYPOINT ["/usr/local/bin/greeter"]
