package shop.orders;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrdersController {
  record Order(int number, String title) {}

  @GetMapping("/orders")
  List<Order> all() {
    return List.of(new Order(1, "Solaris"), new Order(2, "Eden"));
  }
}
