# syntax=docker/dockerfile:1

# build compiles the program on the builder's own platform: bytecode is the same on every other
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
RUN --mount=type=bind,source=pom.xml,target=pom.xml \
    --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -fn dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp package -DskipTests \
 && java -Djarmode=tools -jar target/orders-2.0.0-SNAPSHOT.jar extract --layers --application-filename app.jar --destination /out

# health compiles a class for the health check: it connects to a port, given as a number or a variable, and requests the path
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-25 AS health
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

# app is the program on what runs it
FROM gcr.io/distroless/java25-debian13:nonroot AS app
WORKDIR /app
ENV SERVER_ADDRESS=0.0.0.0
COPY --link --from=build /out/dependencies/ ./
COPY --link --from=build /out/spring-boot-loader/ ./
COPY --link --from=build /out/snapshot-dependencies/ ./
COPY --link --from=build /out/application/ ./
COPY --link --from=health /health /health

# training starts the program once, ends it before it serves, and keeps the classes that it loaded
FROM app AS training
RUN ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCacheOutput=/tmp/app.aot", "-Dspring.context.exit=onRefresh", "-jar", "app.jar"]

# runtime is the image that ships
FROM app AS runtime
COPY --link --from=training /tmp/app.aot ./
USER 65532:65532
EXPOSE 8090
# any status below 500 is healthy; a class asks, run by the same runtime with a small heap of its own
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx8m", "-cp", "/health", "Health", "8090", "/actuator/health"]
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
