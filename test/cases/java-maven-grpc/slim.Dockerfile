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
 && mv target/greeter-1.0.0.jar /out/app.jar

# runtime is the image that ships
FROM eclipse-temurin:21-jre AS runtime
WORKDIR /app
ENV GRPC_PORT=50051
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
USER 65532:65532
EXPOSE 50051
# a port that takes a connection is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$GRPC_PORT"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "greeter.Server"]
