# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && mkdir -p /out \
 && mv target/hello-1.0.0.jar /out/app.jar

# runtime is the image that ships
FROM eclipse-temurin:17-jre-alpine AS runtime
WORKDIR /app
COPY --link --from=build /out/app.jar ./
COPY --link config.yml ./config.yml
USER 65532:65532
EXPOSE 8082
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8082 -e true"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar", "hello.HelloApplication"]
CMD ["server", "config.yml"]
