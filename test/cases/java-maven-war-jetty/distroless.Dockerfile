# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests
WORKDIR /out/ROOT
RUN jar xf /src/target/hello.war

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

# server is Jetty, set up to write to /tmp alone, and no file of requests
FROM --platform=$BUILDPLATFORM jetty:12.0 AS server
USER root
WORKDIR /usr/local/jetty/base
RUN java -Djetty.base=/usr/local/jetty/base -jar /usr/local/jetty/start.jar --add-modules=server,http,ee8-deploy,ee8-annotations,ee8-jsp,ee8-websocket-javax

# runtime is the image that ships
FROM gcr.io/distroless/java17-debian13:nonroot AS runtime
WORKDIR /app
COPY --link --from=server /usr/local/jetty /usr/local/jetty
COPY --link --from=build /out/ROOT/ /usr/local/jetty/base/webapps/ROOT/
COPY --link --from=health /health /health
USER 65532:65532
EXPOSE 8080
# a port that takes a connection is healthy; a class asks, run by the same runtime with a small heap of its own
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx8m", "-cp", "/health", "Health", "8080"]
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-Djetty.home=/usr/local/jetty", "-Djetty.base=/usr/local/jetty/base", "-Djava.io.tmpdir=/tmp", "-jar", "/usr/local/jetty/start.jar"]
