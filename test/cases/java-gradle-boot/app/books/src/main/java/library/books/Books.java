package library.books;

import com.google.common.collect.ImmutableList;
import java.util.List;

public final class Books {
  private Books() {}

  public static List<String> all() {
    return ImmutableList.of("Solaris", "Roadside Picnic");
  }
}
