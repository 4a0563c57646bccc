package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.runtime.RuntimeLoop;
import io.streamkeep.localcloud.runtime.crac.Core;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that an environment runs beside the function's jar.
 *
 * @param command options of the VM, among them which hooks org.crac calls, its main class,
 *     arguments
 */
public record RuntimeProgram(List<Path> classPath, List<String> command) {

  /** The loop that comes with the local cloud, alone in a folder: its classes and no others. */
  static RuntimeProgram loop(Path folder) throws IOException {
    String place = RuntimeLoop.class.getPackageName().replace('.', '/');
    Path target = Files.createDirectories(folder.resolve(place));
    Path home = home();
    if (Files.isDirectory(home)) {
      copy(home.resolve(place), target);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(home)) {
        copy(jar.getPath(place), target);
      }
    }
    String hooks = "-Dorg.crac.Core.Compat=" + Core.class.getPackageName();
    return new RuntimeProgram(List.of(folder), List.of(hooks, RuntimeLoop.class.getName()));
  }

  private static Path home() {
    return Path.of(
        URI.create(
            RuntimeLoop.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        try (InputStream content = Files.newInputStream(file)) {
          Files.copy(content, copy);
        }
      }
    }
  }
}
