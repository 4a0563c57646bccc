package io.streamkeep.localcloud;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that keeps the state of one local cloud at a time. */
final class DataFolder {
  private DataFolder() {}

  /** Locks the folder until the channel is closed, or the process is killed. */
  static FileChannel lock(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // locked by this process
    }
    channel.close();
    throw new IOException(folder + " is in use by another local cloud");
  }
}
