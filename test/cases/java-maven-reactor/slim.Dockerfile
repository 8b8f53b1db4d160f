# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=bind,source=prices/pom.xml,target=prices/pom.xml \
    --mount=type=bind,source=web/pom.xml,target=web/pom.xml \
    --mount=type=bind,source=tools/pom.xml,target=tools/pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn -pl web -am dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -pl web -am package -DskipTests \
 && mkdir /out \
 && java -Djarmode=layertools -jar web/target/web-1.0.0.jar extract --destination /out

# runtime is the image that ships
FROM eclipse-temurin:17-jre AS runtime
WORKDIR /app
COPY --link --from=build /out/dependencies/ ./
COPY --link --from=build /out/spring-boot-loader/ ./
COPY --link --from=build /out/snapshot-dependencies/ ./
COPY --link --from=build /out/application/ ./
USER 65532:65532
EXPOSE 8080
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "org.springframework.boot.loader.JarLauncher"]
