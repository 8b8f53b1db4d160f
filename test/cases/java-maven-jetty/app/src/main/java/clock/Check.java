package clock;

/** Prints what the clock would say. */
public class Check {
  public static void main(String[] args) {
    System.out.println("the clock");
  }
}
