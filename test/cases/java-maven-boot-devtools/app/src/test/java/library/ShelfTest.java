package library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShelfTest {
  @Test
  void hasANumber() {
    assertEquals("Shelf 3", Shelf.label(3));
  }
}
