# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production or development
ARG ENVIRONMENT=production

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && mv target/quarkus-app /out

# development has the JDK and runs quarkus:dev; changed sources are mounted or copied to /src
FROM maven:3.9-eclipse-temurin-21 AS development
WORKDIR /src
ENV HOME=/home/developer \
    MAVEN_OPTS="-Duser.home=/home/developer"
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    mvn -B -ntp -fn dependency:go-offline \
 && chown -R 65532:65532 /home/developer
COPY --chown=65532:65532 . .
RUN chown 65532:65532 . /home/developer
USER 65532:65532
EXPOSE 8086 5005
CMD ["mvn", "-B", "-ntp", "compile", "quarkus:dev", "-Dquarkus.http.host=0.0.0.0", "-Dquarkus.http.port=8086", "-Dquarkus.analytics.disabled=true", "-DdebugHost=0.0.0.0", "-Ddebug=5005"]

# runtime is the image that ships
FROM eclipse-temurin:21-jre AS runtime
WORKDIR /app
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/*.jar ./
COPY --link --from=build /out/app/ ./app/
COPY --link --from=build /out/quarkus/ ./quarkus/
USER 65532:65532
EXPOSE 8086
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8086 && printf 'GET /q/health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-jar", "quarkus-run.jar"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
