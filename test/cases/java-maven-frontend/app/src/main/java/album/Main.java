package album;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public final class Main {
  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(8061), 0);
    server.createContext("/", Main::page);
    server.createContext("/version", exchange -> {
      String version = Main.class.getPackage().getImplementationVersion();
      answer(exchange, (version + " on " + Runtime.version().feature()).getBytes(StandardCharsets.UTF_8));
    });
    server.start();
  }

  private static void page(HttpExchange exchange) throws IOException {
    try (InputStream page = Main.class.getResourceAsStream("/page.html")) {
      answer(exchange, page.readAllBytes());
    }
  }

  private static void answer(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
