package library;

class Shelf {
  static String label(int number) {
    return "Shelf " + number;
  }
}
