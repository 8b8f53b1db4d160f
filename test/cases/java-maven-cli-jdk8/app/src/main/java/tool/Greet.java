package tool;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "greet", mixinStandardHelpOptions = true)
public class Greet implements Runnable {
  @Option(names = "--name", defaultValue = "world")
  private String name;

  @Override
  public void run() {
    System.out.println("Hello, " + name);
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Greet()).execute(args));
  }
}
