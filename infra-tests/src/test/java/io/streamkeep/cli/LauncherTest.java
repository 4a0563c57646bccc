package io.streamkeep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a project whose Maven and Java are scripts that say that they ran. */
@Tag("fast")
final class LauncherTest {

  @TempDir private Path folder = Path.of("");

  private Path root = Path.of("");
  private Path library = Path.of("");

  @BeforeEach
  void buildProject() throws IOException {
    root = Files.createDirectory(folder.resolve("project"));
    library = Files.writeString(folder.resolve("library.jar"), "");
    Files.createDirectory(folder.resolve("tmp"));
    for (String source :
        List.of(
            "pom.xml",
            "shared/kernel/pom.xml",
            "shared/kernel/src/A.java",
            "functions/query/pom.xml",
            "functions/query/src/B.java",
            "infra-tests/pom.xml",
            "infra-tests/src/main/C.java",
            "infra-tests/baseline/pom.xml",
            "infra-tests/baseline/src/D.java",
            "infra-tests/runtime/pom.xml",
            "infra-tests/runtime/src/E.java")) {
      Path file = root.resolve(source);
      Files.createDirectories(requireNonNull(file.getParent()));
      Files.writeString(file, "");
    }
    Files.copy(Path.of("streamkeep"), root.resolve("infra-tests/streamkeep"));
    script("java", "echo started \"$@\"");
    script(
        "mvn",
        """
        echo built
        mkdir -p functions/query/target infra-tests/target
        touch functions/query/target/query.jar
        echo '%s' > infra-tests/target/launch.java
        echo '-classpath "/:%s"' > infra-tests/target/launch.options
        """
            .formatted(folder.resolve("java"), folder.resolve("library.jar")));
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\ncd " + root + "\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Starts the launcher; returns its output, including errors. */
  private String start() throws Exception {
    ProcessBuilder launcher =
        new ProcessBuilder("sh", root.resolve("infra-tests/streamkeep").toString(), "up")
            .redirectErrorStream(true);
    launcher.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    launcher.environment().put("TMPDIR", folder.resolve("tmp").toString());
    Process process = launcher.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private List<String> temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.map(file -> requireNonNull(file.getFileName()).toString()).toList();
    }
  }

  @Test
  void projectIsBuiltOnce() throws Exception {
    assertThat(start()).contains("Building for the first time", "built", "started", " up");

    assertThat(start()).doesNotContain("built").contains("started", " up");
  }

  /** Maven's repository was cleaned, or belongs to another user. */
  @Test
  void projectIsBuiltAgain_whenALibraryIsGone() throws Exception {
    start();
    Files.delete(library);

    assertThat(start()).contains("built", "started");
  }

  @Test
  void projectIsBuiltAgain_whenItsJdkIsGone() throws Exception {
    start();
    Files.writeString(root.resolve("infra-tests/target/launch.java"), "/no/such/java");

    assertThat(start()).contains("built", "started");
  }

  @Test
  void unwritableProjectIsReported() throws Exception {
    Files.writeString(root.resolve("infra-tests/target"), "a file, which even root can't write to");

    assertThat(start())
        .contains("streamkeep: can't write to ", "/infra-tests/target; build as its owner")
        .doesNotContain("built", "started");
  }

  @Test
  void temporaryFilesOfAKilledProcessAreRemovedByTheNextStart() throws Exception {
    start();
    List<String> first = temporaryFolders();
    Files.writeString(folder.resolve("tmp").resolve(first.getFirst()).resolve("library.so"), "");
    String running = "streamkeep.%d.abc".formatted(ProcessHandle.current().pid());
    Files.createDirectory(folder.resolve("tmp").resolve(running));

    String output = start();

    assertThat(first).hasSize(1);
    assertThat(temporaryFolders())
        .hasSize(2)
        .contains(running)
        .doesNotContain(first.getFirst())
        .anySatisfy(name -> assertThat(output).contains("-Djava.io.tmpdir=").contains(name));
  }
}
