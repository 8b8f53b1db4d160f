# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && mkdir -p /out \
 && mv target/hello-1.0.0.jar /out/app.jar

# health compiles a class for the health check: it connects to a port, given as a number or a variable, and requests the path
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS health
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
COPY --link --from=build /out/app.jar ./
COPY --link --from=health /health /health
COPY --link config.yml ./config.yml
USER 65532:65532
EXPOSE 8082
# a port that takes a connection is healthy; a class asks, run by the same runtime with a small heap of its own
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx8m", "-cp", "/health", "Health", "8082"]
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-cp", "app.jar", "hello.HelloApplication"]
CMD ["server", "config.yml"]
