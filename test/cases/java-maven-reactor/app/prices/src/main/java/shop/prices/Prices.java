package shop.prices;

import java.math.BigDecimal;
import org.apache.commons.lang3.StringUtils;

public final class Prices {
  private static final BigDecimal ONE = new BigDecimal("9.99");

  private Prices() {}

  public static String of(int count) {
    return StringUtils.join(new Object[] {ONE.multiply(BigDecimal.valueOf(count)), "EUR"}, ' ');
  }
}
