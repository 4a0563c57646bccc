package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Artifact;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same sources give the same artifacts, byte for byte, wherever and whenever they are built.
 */
final class ReproducibleBuildTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void artifactsAreReproducibleAndChangeWithTheirOwnFunctionOnly(@TempDir Path folder)
      throws Exception {
    Path copy = Files.createDirectory(folder.resolve("elsewhere"));
    for (String part : List.of("shared", "functions", "infra-tests")) {
      copySources(ROOT.resolve(part), copy.resolve(part));
    }
    Files.copy(ROOT.resolve("pom.xml"), copy.resolve("pom.xml"));

    build(copy, folder);
    Map<String, String> built = hashes(ROOT);
    assertThat(hashes(copy)).isNotEmpty().isEqualTo(built);

    Files.writeString(
        copy.resolve("functions/query/src/main/java/io/streamkeep/functions/query/Cursor.java"),
        "\nfinal class Added {}\n",
        StandardOpenOption.APPEND);
    build(copy, folder);
    Map<String, String> rebuilt = hashes(copy);
    assertThat(rebuilt.get("query")).isNotEqualTo(built.get("query"));
    rebuilt.put("query", built.getOrDefault("query", ""));
    assertThat(rebuilt).isEqualTo(built);
  }

  private static Map<String, String> hashes(Path root) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Map.Entry<String, Artifact> artifact : Artifact.all(root).entrySet()) {
      hashes.put(artifact.getKey(), artifact.getValue().hash());
    }
    return hashes;
  }

  private static void copySources(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (folder.endsWith("target")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** With the Maven and the JDK that run this build, from what they have downloaded. */
  private static void build(Path root, Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(
                System.getProperty("maven.home"),
                "bin",
                OS.WINDOWS.isCurrentOs() ? "mvn.cmd" : "mvn")
            .toString());
    command.addAll(List.of("-o", "-q", "-B", "-T1C", "-am", "package"));
    command.addAll(List.of("-Dmaven.test.skip", "-Denforcer.skip", "-Dspotless.check.skip"));
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
    command.add("-pl");
    command.add(
        Artifact.all(root).keySet().stream()
            .map(function -> "functions/" + function)
            .collect(Collectors.joining(",")));
    Path log = folder.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("maven.jdk"));
    Process maven = builder.start();
    try {
      assertThat(maven.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      maven.destroyForcibly();
    }
    assertThat(maven.exitValue()).as(() -> read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
