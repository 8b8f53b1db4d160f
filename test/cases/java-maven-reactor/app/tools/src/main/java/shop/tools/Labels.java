package shop.tools;

import shop.prices.Prices;

public final class Labels {
  public static String label(int count) {
    return "Total: " + Prices.of(count);
  }
}
