# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib -DskipTests \
 && mv target/modules-1.0.0.jar /out/app.jar

# modules lists those that the program needs: an edit that needs no other leaves the runtime as it is
FROM --platform=$BUILDPLATFORM eclipse-temurin:21-jdk-alpine AS modules
RUN --mount=type=bind,from=build,source=/out,target=/out \
    jdeps --ignore-missing-deps --print-module-deps --multi-release 21 --recursive \
      --class-path '/out/lib/*' \
      /out/app.jar > /modules

# jre links a runtime of these, and of those that are found by name at run time
FROM eclipse-temurin:21-jdk-alpine AS jre
COPY --link --from=modules /modules /modules
RUN jlink --add-modules "$(cat /modules),java.logging,java.management,java.naming,java.sql,java.xml,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.unsupported,jdk.zipfs" \
      --no-man-pages --no-header-files --strip-java-debug-attributes --compress=zip-6 --output /opt/jre

# runtime is the image that ships
FROM alpine:3.24 AS runtime
RUN apk add --no-cache font-dejavu fontconfig
WORKDIR /app
ENV LANG=C.UTF-8
COPY --link --from=jre /opt/jre /opt/jre
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
USER 65532:65532
# the user owns these folders: mount volumes there
WORKDIR /app/data
WORKDIR /app
EXPOSE 8070
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8070 -e true"]
ENTRYPOINT ["/opt/jre/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "modules.Main"]
