# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-8 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && mkdir -p /out \
 && mv target/greet-1.0.0-jar-with-dependencies.jar /out/app.jar

# runtime is the image that ships
FROM eclipse-temurin:8-jre-alpine AS runtime
WORKDIR /app
COPY --link --from=build /out/app.jar ./
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar", "tool.Greet"]
