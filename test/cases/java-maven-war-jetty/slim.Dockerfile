# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests
WORKDIR /out/ROOT
RUN jar xf /src/target/hello.war

# server is Jetty, set up to write to /tmp alone, and no file of requests
FROM --platform=$BUILDPLATFORM jetty:12.0 AS server
USER root
WORKDIR /usr/local/jetty/base
RUN java -Djetty.base=/usr/local/jetty/base -jar /usr/local/jetty/start.jar --add-modules=server,http,ee8-deploy,ee8-annotations,ee8-jsp,ee8-websocket-javax

# runtime is the image that ships
FROM eclipse-temurin:17-jre AS runtime
WORKDIR /app
COPY --link --from=server /usr/local/jetty /usr/local/jetty
COPY --link --from=build /out/ROOT/ /usr/local/jetty/base/webapps/ROOT/
USER 65532:65532
EXPOSE 8080
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-Djetty.home=/usr/local/jetty", "-Djetty.base=/usr/local/jetty/base", "-Djava.io.tmpdir=/tmp", "-jar", "/usr/local/jetty/start.jar"]
