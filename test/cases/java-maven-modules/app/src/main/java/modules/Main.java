package modules;

import com.sun.net.httpserver.HttpServer;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

public class Main {
  /** Of nobody but this test: a certificate with an elliptic curve, for localhost. */
  private static final String KEY =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYJSp/WtBRdQHGVh5RXpIcGhaflwu00VUIr5Ejc6acLihRANCAAQ3"
          + "VO/Fwa2t2eBcyVfWJvJYb5ggs2f9ktgyRrlm9H5HgSEiJcKLhnzaxRrODSkh68K4KCURrQMSuoa4sLH9d4XU";

  private static final String CERTIFICATE =
      "MIIBmTCCAT+gAwIBAgIUUWqNNuz2vhe0gF5eFi03pW2ABcowCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2"
          + "MTEyODAwNTkwN1oXDTM2MTEyNTAwNTkwN1owFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
          + "N1TvxcGtrdngXMlX1ibyWG+YILNn/ZLYMka5ZvR+R4EhIiXCi4Z82sUazg0pIevCuCglEa0DErqGuLCx/XeF1KNvMG0wHQYDVR0O"
          + "BBYEFAlP8QDsrWAeyoAqpp5AyEWtQZozMB8GA1UdIwQYMBaAFAlP8QDsrWAeyoAqpp5AyEWtQZozMA8GA1UdEwEB/wQFMAMBAf8w"
          + "GgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIFv5MqFvQIOE/wzdgPlHuf6Y7/BYWdMIXQL0k15N"
          + "EseJAiEAuKcNLOgY1SXuZnbO2V+KXE9OkI6UyGgUlylEtjpqcRk=";

  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(8070), 0);
    answer(server, "/tls", Main::tls);
    answer(server, "/jndi", Main::jndi);
    answer(server, "/date", Main::date);
    answer(server, "/database", Main::database);
    answer(server, "/kept", Main::kept);
    answer(server, "/picture", Main::picture);
    server.start();
  }

  private static void answer(HttpServer server, String path, Callable<String> text) {
    server.createContext(
        path,
        exchange -> {
          String said;
          try {
            said = text.call();
          } catch (Exception | LinkageError error) {
            said = error.toString();
          }
          byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static String tls() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(CERTIFICATE)));
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(KEY))),
        new char[0],
        new Certificate[] {certificate});
    store.setCertificateEntry("trusted", certificate);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    InetAddress local = InetAddress.getLoopbackAddress();
    try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, local)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var peer = server.accept()) {
                  peer.getOutputStream().write('!');
                } catch (IOException closed) {
                  // the other side says what went wrong
                }
              });
      try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(local, server.getLocalPort())) {
        socket.startHandshake();
        return socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite();
      }
    }
  }

  private static String jndi() {
    try {
      return String.valueOf(new InitialContext().lookup("java:comp/env"));
    } catch (NamingException error) {
      return error.toString();
    }
  }

  private static String date() {
    return LocalDate.of(2026, 11, 28).format(DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.FRANCE));
  }

  private static String database() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:h2:mem:test");
        var result = connection.createStatement().executeQuery("select 6 * 7")) {
      result.next();
      return result.getString(1);
    }
  }

  private static String kept() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:h2:./data/kept");
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists visits (name varchar(9))");
      statement.execute("insert into visits values ('Grace')");
      try (var result = statement.executeQuery("select name from visits")) {
        result.next();
        return result.getString(1);
      }
    }
  }

  private static String picture() {
    BufferedImage image = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setFont(new Font("SansSerif", Font.PLAIN, 20));
    pen.drawString("ink", 5, 25);
    pen.dispose();
    int ink = 0;
    for (int x = 0; x < 80; x++) for (int y = 0; y < 40; y++) if ((image.getRGB(x, y) & 0xffffff) != 0) ink++;
    return ink > 20 ? "there is ink" : "there is none";
  }
}
