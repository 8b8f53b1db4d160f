# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM gradle:8-jdk17 AS build
WORKDIR /src
# gathers the program and its libraries, which no plugin of the build does
COPY <<'EOF' /root/gather.gradle
allprojects {
  plugins.withId('java') {
    tasks.register('gatherProgram', Copy) {
      from(tasks.named('jar')) { rename { 'app.jar' } }
      from(configurations.runtimeClasspath) { into 'lib' }
      into '/out'
    }
  }
}
EOF

ENV GRADLE_USER_HOME=/cache/gradle
RUN --mount=type=bind,source=settings.gradle,target=settings.gradle \
    --mount=type=bind,source=build.gradle,target=build.gradle \
    --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon :dependencies --configuration runtimeClasspath
COPY . .
RUN --mount=type=cache,target=/cache/gradle,sharing=locked \
    gradle --no-daemon --init-script /root/gather.gradle :gatherProgram

# health compiles a class for the health check: it connects to a port, given as a number or a variable, and requests the path
FROM --platform=$BUILDPLATFORM gradle:8-jdk17 AS health
WORKDIR /health
COPY <<'EOF' Health.java
import java.io.*;
import java.net.*;

class Health {
  public static void main(String[] args) throws IOException {
    String port = System.getenv().getOrDefault(args[0], args[0]);
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(port))) {
      if (args.length == 1) return;
      socket.setSoTimeout(4000);
      socket.getOutputStream().write(("GET " + args[1] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
      String status = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
      if (status == null || status.length() < 12 || status.charAt(9) > '4') System.exit(1);
    }
  }
}
EOF

RUN javac Health.java && rm Health.java

# modules lists those that the program needs: an edit that needs no other leaves the runtime as it is
FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS modules
RUN --mount=type=bind,from=build,source=/out,target=/out \
    jdeps --ignore-missing-deps --print-module-deps --multi-release 17 --recursive \
      --class-path '/out/lib/*' \
      /out/app.jar > /modules

# jre links a runtime of these, and of those that are found by name at run time
FROM eclipse-temurin:17-jdk AS jre
COPY --link --from=modules /modules /modules
RUN jlink --add-modules "$(cat /modules),java.desktop,java.logging,java.management,java.naming,java.sql,java.xml,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.unsupported,jdk.zipfs" \
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
COPY --link --from=health /health /health
USER 65532:65532
EXPOSE 8098
# a port that takes a connection is healthy; a class asks, run by the same runtime with a small heap of its own
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/opt/jre/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx8m", "-cp", "/health", "Health", "8098"]
ENTRYPOINT ["/opt/jre/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "greet.Main"]
