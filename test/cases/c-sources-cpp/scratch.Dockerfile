# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM alpine:3.24 AS build
RUN apk add --no-cache build-base
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-static-pie -Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN install -d /install/usr/local/bin \
 && g++ -std=c++20 $CXXFLAGS -Iinclude $LDFLAGS -o /install/usr/local/bin/app src/main.cpp src/table.cpp

# rootfs collects the system files of the runtime image
FROM alpine:3.24 AS rootfs
RUN apk add --no-cache tini-static
WORKDIR /rootfs
RUN mkdir -m 1777 tmp \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
RUN install -D /sbin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
COPY --link --from=build /install /
COPY --link texts/poem.txt /app/texts/poem.txt
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/app"]
