package io.streamkeep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Run by the build, on the JDK that it found: notes how the launcher is to start Java. */
final class LaunchFile {
  private LaunchFile() {}

  /**
   * Writes the path of java, and its options with the class path, into two files.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // both silence warnings about what DynamoDB Local and ElasticMQ do; the second is new in 23
    String quiet =
        "--enable-native-access=ALL-UNNAMED"
            + (Runtime.version().feature() < 23 ? "" : " --sun-misc-unsafe-memory-access=allow");
    String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
    Files.write(folder.resolve("launch.java"), List.of(java.toString()));
    Files.write(
        folder.resolve("launch.options"), List.of(quiet, "-classpath \"" + classPath + "\""));
  }
}
