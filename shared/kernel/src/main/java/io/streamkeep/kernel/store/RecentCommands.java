package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The commands of a stream's newest {@value #WINDOW} commits. It is part of the folded state and of
 * snapshots, so that a repeat within that window finds its own commit without another table. It
 * keeps four bytes of a hash of each id, which select candidates; the commits themselves, with
 * their whole ids, decide.
 */
public final class RecentCommands {

  /** In commits. */
  public static final int WINDOW = 100;

  public static final RecentCommands NONE = new RecentCommands(new int[0]);

  private final int[] hashes;

  private RecentCommands(int[] hashes) {
    this.hashes = hashes;
  }

  /**
   * Reads {@link #toBytes}.
   *
   * @throws IllegalArgumentException if these bytes are not its result
   */
  public static RecentCommands of(byte[] bytes) {
    if (bytes.length % Integer.BYTES != 0 || bytes.length > WINDOW * Integer.BYTES) {
      throw new IllegalArgumentException("Not recent commands: " + bytes.length + " bytes");
    }
    int[] hashes = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(hashes);
    return new RecentCommands(hashes);
  }

  /** Stored format: four bytes per command, big-endian, oldest first. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Integer.BYTES);
    bytes.asIntBuffer().put(hashes);
    return bytes.array();
  }

  public RecentCommands with(CommandId command) {
    int kept = Math.min(hashes.length, WINDOW - 1);
    int[] next = Arrays.copyOfRange(hashes, hashes.length - kept, hashes.length + 1);
    next[kept] = hash(command);
    return new RecentCommands(next);
  }

  /** The numbers of commits that may be the command's; {@code head} is the newest one's. */
  public LongStream find(CommandId command, long head) {
    int hash = hash(command);
    return IntStream.range(0, hashes.length)
        .filter(i -> hashes[i] == hash)
        .mapToLong(i -> head - hashes.length + 1 + i);
  }

  private static int hash(CommandId command) {
    return ByteBuffer.wrap(Sha256.of(command.value())).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentCommands recent && Arrays.equals(hashes, recent.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return "RecentCommands[" + hashes.length + "]";
  }
}
