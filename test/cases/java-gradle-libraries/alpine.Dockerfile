# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM gradle:8-jdk17 AS build
WORKDIR /src
# gathers the program and its libraries, which no plugin of the build does
COPY <<'EOF' /root/gather.gradle
allprojects {
  plugins.withId('java') {
    tasks.register('gatherProgram', Copy) {
      from(tasks.named('jar')) { rename { 'app.jar' } }
      from(configurations.runtimeClasspath) { into 'lib' }
      into '/out'
    }
  }
}
EOF

ENV GRADLE_USER_HOME=/cache/gradle
RUN --mount=type=bind,source=settings.gradle,target=settings.gradle \
    --mount=type=bind,source=build.gradle,target=build.gradle \
    --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon :dependencies --configuration runtimeClasspath
COPY . .
RUN --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon --init-script /root/gather.gradle :gatherProgram

# runtime is the image that ships
FROM eclipse-temurin:17-jre-alpine AS runtime
WORKDIR /app
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
USER 65532:65532
EXPOSE 8098
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8098 -e true"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "greet.Main"]
