# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN mkdir -p /classes /out/lib \
 && find src -name '*.java' > /sources \
 && javac -encoding UTF-8 -d /classes @/sources \
 && jar cf /out/app.jar -C /classes .

# runtime is the image that ships
FROM eclipse-temurin:17-jre-alpine AS runtime
WORKDIR /app
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
USER 65532:65532
EXPOSE 8000
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8000 -e true"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "Main"]
