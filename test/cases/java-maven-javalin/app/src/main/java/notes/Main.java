package notes;

import io.javalin.Javalin;

public class Main {
  public static void main(String[] args) {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "7070"));
    Javalin app = Javalin.create().start(port);
    app.get("/healthz", context -> context.result("ok"));
    app.get("/notes", context -> context.result("Buy milk"));
    Runtime.getRuntime().addShutdownHook(new Thread(app::stop));
  }
}
