# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production or development
ARG ENVIRONMENT=production

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM gradle:8-jdk21 AS build
WORKDIR /src
ENV GRADLE_USER_HOME=/cache/gradle
RUN --mount=type=bind,source=settings.gradle,target=settings.gradle \
    --mount=type=bind,source=build.gradle,target=build.gradle \
    --mount=type=bind,source=books/build.gradle,target=books/build.gradle \
    --mount=type=bind,source=api/build.gradle,target=api/build.gradle \
    --mount=type=bind,source=gradle,target=gradle \
    --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon :api:dependencies --configuration runtimeClasspath
COPY . .
RUN --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon :api:bootJar \
 && java -Djarmode=tools -jar api/build/libs/api-3.1.jar extract --layers --application-filename app.jar --destination /out

# development has the JDK and starts the program again when a source changes; changed sources are mounted or copied to /src
FROM gradle:8-jdk21 AS development
WORKDIR /src
RUN apt-get update \
 && apt-get install --yes --no-install-recommends entr \
 && rm -rf /var/lib/apt/lists/*
ENV HOME=/home/developer \
    GRADLE_USER_HOME=/home/developer/.gradle
RUN --mount=type=bind,source=settings.gradle,target=settings.gradle \
    --mount=type=bind,source=build.gradle,target=build.gradle \
    --mount=type=bind,source=books/build.gradle,target=books/build.gradle \
    --mount=type=bind,source=api/build.gradle,target=api/build.gradle \
    --mount=type=bind,source=gradle,target=gradle \
    gradle --no-daemon :api:dependencies --configuration runtimeClasspath \
 && rm -rf .gradle \
 && chown -R 65532:65532 /home/developer
COPY --chown=65532:65532 . .
RUN chown 65532:65532 . /home/developer
USER 65532:65532
EXPOSE 8084
CMD ["sh", "-c", "trap exit TERM INT; while :; do find . -type f -path '*/src/*' | entr -dnr gradle :api:bootRun & wait $!; done"]

# runtime is the image that ships
FROM eclipse-temurin:21-jre AS runtime
WORKDIR /app
COPY --link --from=build /out/dependencies/ ./
COPY --link --from=build /out/spring-boot-loader/ ./
COPY --link --from=build /out/snapshot-dependencies/ ./
COPY --link --from=build /out/application/ ./
USER 65532:65532
EXPOSE 8084
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8084 && printf 'GET /actuator/health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
