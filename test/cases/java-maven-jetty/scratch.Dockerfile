# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib -DskipTests \
 && mv target/clock-1.0.0.jar /out/app.jar

# modules lists those that the program needs: an edit that needs no other leaves the runtime as it is
FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS modules
RUN --mount=type=bind,from=build,source=/out,target=/out \
    jdeps --ignore-missing-deps --print-module-deps --multi-release 17 --recursive \
      --class-path '/out/lib/*' \
      /out/app.jar > /modules

# jre links a runtime of these, and of those that are found by name at run time
FROM eclipse-temurin:17-jdk AS jre
COPY --link --from=modules /modules /modules
RUN jlink --add-modules "$(cat /modules),java.desktop,java.logging,java.management,java.naming,java.security.jgss,java.sql,java.xml,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.unsupported,jdk.zipfs" \
      --no-man-pages --no-header-files --strip-java-debug-attributes --compress=2 --output /opt/jre

# rootfs collects the system files of the runtime image
FROM jre AS rootfs
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /usr/lib/locale/C.utf8 . \
 && mkdir etc \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
# copy the shared libraries that are loaded; ldd lists none for modules of other platforms
RUN ldd /opt/jre/bin/java /opt/jre/lib/*.so /opt/jre/lib/server/*.so \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sort --unique \
    | xargs cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV LANG=C.UTF-8
COPY --link --from=jre /opt/jre /opt/jre
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["/opt/jre/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "clock.Server"]
