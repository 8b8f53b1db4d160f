package planets;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/planets")
class Planets {
  @Get(produces = MediaType.TEXT_PLAIN)
  String all() {
    return "Solaris";
  }
}
