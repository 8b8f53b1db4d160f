# syntax=docker/dockerfile:1

# build compiles the program and installs it below /install
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ make \
 && rm -rf /var/lib/apt/lists/*
# optimized, hardened with the flags that Debian's own packages have, and stripped
ENV CXXFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS" \
    LDFLAGS="-Wl,-z,relro,-z,now -Wl,--as-needed -s"
WORKDIR /src
COPY . .
RUN install -d /install/usr/local/bin \
 && g++ -std=c++20 $CXXFLAGS -Iinclude $LDFLAGS -o /install/usr/local/bin/app src/main.cpp src/table.cpp

# runtime is the image that ships
FROM debian:trixie-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --link --from=build /install /
COPY --link texts/poem.txt /app/texts/poem.txt
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/app"]
