package fruits;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/fruits")
public class Fruits {
  @GET
  public String all() {
    return "Quince, Medlar";
  }
}
