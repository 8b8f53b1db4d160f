# syntax=docker/dockerfile:1

# node builds the front end
FROM --platform=$BUILDPLATFORM node:26-slim AS node

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY --from=node /usr/local/bin/ /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/ /usr/local/lib/node_modules/
COPY <<'EOF' /root/.m2/toolchains.xml
<toolchains>
  <toolchain>
    <type>jdk</type>
    <provides>
      <version>21</version>
      <vendor>temurin</vendor>
    </provides>
    <configuration>
      <jdkHome>/opt/java/openjdk</jdkHome>
    </configuration>
  </toolchain>
</toolchains>
EOF

RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=bind,source=.mvn,target=.mvn \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn -Djgitver.use-version=0.0.0 dependency:go-offline
COPY . .
# VERSION is what git's tags would say: the build has no .git
ARG VERSION=0.0.0
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=cache,target=/root/.npm \
    mvn -B -ntp package -DskipTests -Djgitver.use-version="$VERSION" \
 && mkdir -p /out \
 && mv target/album-"$VERSION".jar /out/app.jar

# runtime is the image that ships
FROM eclipse-temurin:21-jre-alpine AS runtime
WORKDIR /app
COPY --link --from=build /out/app.jar ./
USER 65532:65532
EXPOSE 8061
# a port that takes a connection is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8061 -e true"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar", "album.Main"]
