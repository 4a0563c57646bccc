package io.streamkeep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the files that tell the launcher how to start Java; the build runs it on its own JDK. */
final class LaunchFile {
  private LaunchFile() {}

  /**
   * Writes the path of java, and a file of its options with the class path.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // These silence warnings about DynamoDB Local and ElasticMQ; the second is new in JDK 23.
    String quiet =
        "--enable-native-access=ALL-UNNAMED"
            + (Runtime.version().feature() < 23 ? "" : " --sun-misc-unsafe-memory-access=allow");
    String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
    Files.write(folder.resolve("launch.java"), List.of(java.toString()));
    Files.write(
        folder.resolve("launch.options"), List.of(quiet, "-classpath \"" + classPath + "\""));
  }
}
