package io.streamkeep.localcloud.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How far a mapping has come in each shard; in a folder, a file a shard. */
public final class Checkpoints {
  /** In place of a sequence number: the shard is closed and all of it is done. */
  static final String END = "end";

  private final Optional<Path> folder;
  private final ConcurrentMap<String, String> positions = new ConcurrentHashMap<>();

  public Checkpoints(Optional<Path> folder) throws IOException {
    this.folder = folder;
    if (folder.isPresent()) {
      Files.createDirectories(folder.get());
    }
  }

  Optional<String> get(String mapping, String shard) {
    String name = mapping + "." + shard;
    return Optional.ofNullable(positions.get(name)).or(() -> folder.flatMap(in -> read(in, name)));
  }

  void put(String mapping, String shard, String sequenceNumber) {
    String name = mapping + "." + shard;
    positions.put(name, sequenceNumber);
    folder.ifPresent(in -> write(in, name, sequenceNumber));
  }

  private static Optional<String> read(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String name, String sequenceNumber) {
    try {
      Path next = Files.writeString(folder.resolve(name + ".next"), sequenceNumber);
      Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
