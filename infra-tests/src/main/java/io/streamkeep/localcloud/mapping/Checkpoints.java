package io.streamkeep.localcloud.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The last sequence number processed in each shard, in memory or also in a file per shard. */
final class Checkpoints {
  /** Replaces the sequence number of a shard that is closed and completely processed. */
  static final String END = "end";

  private final Optional<Path> folder;
  private final ConcurrentMap<String, String> positions = new ConcurrentHashMap<>();

  Checkpoints(Optional<Path> folder) throws IOException {
    this.folder = folder;
    if (folder.isPresent()) {
      Files.createDirectories(folder.get());
    }
  }

  Optional<String> get(String mapping, String shard) {
    String name = mapping + "." + shard;
    return Optional.ofNullable(positions.get(name))
        .or(() -> folder.map(in -> in.resolve(name)).filter(Files::exists).map(Checkpoints::read));
  }

  void put(String mapping, String shard, String sequenceNumber) {
    String name = mapping + "." + shard;
    positions.put(name, sequenceNumber);
    folder.ifPresent(in -> write(in.resolve(name), sequenceNumber));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String sequenceNumber) {
    try {
      Path next = Files.writeString(Path.of(file + ".next"), sequenceNumber);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
