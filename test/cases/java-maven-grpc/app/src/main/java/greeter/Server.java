package greeter;

import greeter.api.GreetReply;
import greeter.api.GreetRequest;
import greeter.api.GreeterGrpc;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;

public class Server {
  public static void main(String[] args) throws Exception {
    String port = System.getenv("GRPC_PORT") != null ? System.getenv("GRPC_PORT") : "50051";
    io.grpc.Server server =
        ServerBuilder.forPort(Integer.parseInt(port)).addService(new Greeter()).build().start();
    System.out.println("listens on " + server.getPort());
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.awaitTermination();
  }

  static class Greeter extends GreeterGrpc.GreeterImplBase {
    @Override
    public void greet(GreetRequest request, StreamObserver<GreetReply> observer) {
      observer.onNext(GreetReply.newBuilder().setText("Hello, " + request.getName()).build());
      observer.onCompleted();
    }
  }
}
