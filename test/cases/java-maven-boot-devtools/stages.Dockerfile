# syntax=docker/dockerfile:1

# ENVIRONMENT is the stage that is built: production, development or test
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
 && java -Djarmode=tools -jar target/shelves-1.0.0.jar extract --layers --application-filename app.jar --destination /out

# development has the JDK and starts the program again when a source changes; changed sources are mounted or copied to /src
FROM maven:3.9-eclipse-temurin-21 AS development
WORKDIR /src
RUN apt-get update \
 && apt-get install --yes --no-install-recommends entr \
 && rm -rf /var/lib/apt/lists/*
ENV HOME=/home/developer \
    MAVEN_OPTS="-Duser.home=/home/developer"
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    mvn -B -ntp -fn dependency:go-offline \
 && chown -R 65532:65532 /home/developer
COPY --chown=65532:65532 . .
RUN chown 65532:65532 . /home/developer
USER 65532:65532
EXPOSE 8080 5005
CMD ["sh", "-c", "trap exit TERM INT; mvn -B -ntp spring-boot:run -Dspring-boot.run.jvmArguments=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0.0.0.0:5005 & while :; do find . -type f -path '*/src/*' | entr -dnp mvn -B -ntp -q compile & wait $!; done"]

# test runs the tests that Maven finds: its build fails when one of them does
FROM maven:3.9-eclipse-temurin-21 AS test
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp test

# runtime is the image that ships
FROM eclipse-temurin:21-jre AS runtime
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
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]

# production is the image that ships
FROM runtime AS production

# the stage that ENVIRONMENT names
FROM ${ENVIRONMENT:-production}
