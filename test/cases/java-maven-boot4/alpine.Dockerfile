# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && java -Djarmode=tools -jar target/orders-2.0.0-SNAPSHOT.jar extract --layers --application-filename app.jar --destination /out

# app is the program on what runs it
FROM eclipse-temurin:25-jre-alpine AS app
WORKDIR /app
ENV SERVER_ADDRESS=0.0.0.0
COPY --link --from=build /out/dependencies/ ./
COPY --link --from=build /out/spring-boot-loader/ ./
COPY --link --from=build /out/snapshot-dependencies/ ./
COPY --link --from=build /out/application/ ./

# training starts the program once, ends it before it serves, and keeps the classes that it loaded
FROM app AS training
RUN ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCacheOutput=/tmp/app.aot", "-Dspring.context.exit=onRefresh", "-jar", "app.jar"]

# runtime is the image that ships
FROM app AS runtime
COPY --link --from=training /tmp/app.aot ./
USER 65532:65532
EXPOSE 8090
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8090 -e sh -c 'printf \"GET /actuator/health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
