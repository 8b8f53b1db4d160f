package hello;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

public class HelloApplication extends Application<Configuration> {
  public static void main(String[] args) throws Exception {
    new HelloApplication().run(args);
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.jersey().register(new Hello());
  }

  @Path("/hello")
  public static class Hello {
    @GET
    public String hello() {
      return "Hello Dropwizard";
    }
  }
}
