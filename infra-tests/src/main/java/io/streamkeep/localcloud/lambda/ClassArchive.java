package io.streamkeep.localcloud.lambda;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The classes that a function's environments load, in an archive beside its artifact, which halves
 * the CPU time of their start. A VM ignores an archive that does not fit its class path.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class Data
 *     Sharing</a>
 */
final class ClassArchive {
  /** Smaller artifacts load too few classes, in bytes. */
  private static final long SMALLEST = 1_000_000;

  /** The function's log is no place for what a VM says about its archive. */
  private static final String QUIET = "-Xlog:cds*=off";

  private final Path file;
  private final Path next;
  private final List<Path> classPath;
  private final AtomicBoolean written = new AtomicBoolean();

  private ClassArchive(Path artifact, List<Path> classPath) {
    this.file = Path.of(artifact + ".jsa");
    this.next = Path.of(file + "." + UUID.randomUUID());
    this.classPath = classPath;
  }

  static Optional<ClassArchive> of(Path artifact, List<Path> classPath) throws IOException {
    return Files.size(artifact) < SMALLEST
        ? Optional.empty()
        : Optional.of(new ClassArchive(artifact, classPath));
  }

  /** Options of a VM that uses the archive; if it is out of date, one VM writes it on its exit. */
  List<String> options() {
    long time = file.toFile().lastModified(); // 0 if there is none
    if (classPath.stream().allMatch(jar -> jar.toFile().lastModified() < time)) {
      return List.of("-XX:SharedArchiveFile=" + file, QUIET);
    }
    return written.getAndSet(true) ? List.of() : List.of("-XX:ArchiveClassesAtExit=" + next, QUIET);
  }

  /** True if a VM was started that writes the archive. */
  boolean isWritten() {
    return written.get();
  }

  /** Puts an archive that was written into its place, whole or not at all. */
  void publish() {
    try {
      if (Files.exists(next)) {
        Files.move(next, file, ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
