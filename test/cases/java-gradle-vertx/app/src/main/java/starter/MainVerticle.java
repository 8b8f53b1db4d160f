package starter;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;

public class MainVerticle extends AbstractVerticle {
  @Override
  public void start(Promise<Void> started) {
    vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("Hello from Vert.x"))
        .listen(8888)
        .<Void>mapEmpty()
        .onComplete(started);
  }
}
