package io.streamkeep.localcloud.lambda;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A class data sharing archive, beside a function's artifact, of the classes that its environments
 * load. It halves the CPU time of a start. A JVM ignores an archive that does not match its class
 * path.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class Data
 *     Sharing</a>
 */
final class ClassArchive {
  /** The smallest artifact, in bytes, that loads enough classes for an archive to pay off. */
  private static final long SMALLEST = 1_000_000;

  /** Keeps the JVM's messages about the archive out of the function's log. */
  private static final String QUIET = "-Xlog:cds*=off";

  /** The archives that an environment of this process will write. */
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Path next;
  private final List<Path> classPath;
  private final AtomicBoolean claimed = new AtomicBoolean();

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

  /**
   * Options of a JVM that uses the archive; if it is outdated, one JVM writes a new one on exit.
   */
  List<String> options() {
    long time = file.toFile().lastModified(); // 0 if there is none
    if (classPath.stream().allMatch(jar -> jar.toFile().lastModified() < time)) {
      return List.of("-XX:SharedArchiveFile=" + file, QUIET);
    }
    if (!CLAIMED.add(file)) {
      return List.of();
    }
    claimed.set(true);
    return List.of("-XX:ArchiveClassesAtExit=" + next, QUIET);
  }

  /** True if a JVM was started that writes the archive on exit. */
  boolean isWritten() {
    return claimed.get();
  }

  /** Moves a newly written archive into its place atomically; another JVM may write the next. */
  void publish() {
    try {
      if (Files.exists(next)) {
        Files.move(next, file, ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (claimed.getAndSet(false)) {
        CLAIMED.remove(file);
      }
    }
  }
}
