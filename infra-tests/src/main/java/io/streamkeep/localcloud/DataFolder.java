package io.streamkeep.localcloud;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that keeps the state of one local cloud at a time. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  DataFolder(Path path) throws IOException {
    this.path = Files.createDirectories(path.toAbsolutePath());
    this.lock =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock()) {
      lock.close();
      throw new IOException(path + " is in use by another local cloud");
    }
  }

  /** The lock is released with the channel, also when the process is killed. */
  private boolean tryLock() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
