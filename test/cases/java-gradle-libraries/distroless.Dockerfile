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

# runtime is the image that ships
FROM gcr.io/distroless/java17-debian13:nonroot AS runtime
WORKDIR /app
COPY --link --from=build /out/lib/ ./lib/
COPY --link --from=build /out/app.jar ./
COPY --link --from=health /health /health
USER 65532:65532
EXPOSE 8098
# a port that takes a connection is healthy; a class asks, run by the same runtime with a small heap of its own
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx8m", "-cp", "/health", "Health", "8098"]
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar:lib/*", "greet.Main"]
