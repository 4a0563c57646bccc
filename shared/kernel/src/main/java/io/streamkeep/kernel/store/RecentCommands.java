package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The commands of a stream's newest commits: at least the newest {@value #COUNT}, and all that are
 * younger than {@link #AGE}, but never more than {@value #MAX}. It is part of the folded state and
 * of snapshots, so that a repeat within that window finds its own commit without another table. It
 * keeps two bytes of a hash of each id, which select candidates; the commits themselves, with their
 * whole ids, decide.
 */
public final class RecentCommands {

  /** The newest commits whose commands are kept whatever their age. */
  public static final int COUNT = 100;

  /** The age up to which commands are kept, by the times of the commits. */
  public static final Duration AGE = Duration.ofMinutes(15);

  /**
   * The maximum number of commands, which limits their part of a snapshot to about 16 KB. A stream
   * with up to 9 commits a second has fewer in {@link #AGE}. At 250 commits a second, about what
   * one stream takes with round trips of 4 ms, it is 32 seconds, longer than a request can last.
   */
  public static final int MAX = 8192;

  public static final RecentCommands NONE = new RecentCommands(new short[0], new int[0]);

  /** The minute of commands that are older than {@link #AGE}, whose exact age is irrelevant. */
  private static final int OLD = Integer.MIN_VALUE;

  private static final int OLD_FORMAT_COUNT = 100;

  /** Minute and count. */
  private static final int RUN_HEADER = Integer.BYTES + Short.BYTES;

  private final short[] hashes;

  /** Minutes since 1970 of the commits' times, rounded down, or {@link #OLD}. */
  private final int[] minutes;

  private RecentCommands(short[] hashes, int[] minutes) {
    this.hashes = hashes;
    this.minutes = minutes;
  }

  /**
   * Reads {@link #toBytes}.
   *
   * @throws IllegalArgumentException if these bytes are not its result
   */
  public static RecentCommands of(byte[] bytes) {
    short[] hashes = new short[MAX];
    int[] minutes = new int[MAX];
    int count = 0;
    ByteBuffer runs = ByteBuffer.wrap(bytes);
    try {
      while (runs.hasRemaining()) {
        int minute = runs.getInt();
        int end = count + Short.toUnsignedInt(runs.getShort());
        Arrays.fill(minutes, count, end, minute);
        while (count < end) {
          hashes[count++] = runs.getShort();
        }
      }
    } catch (BufferUnderflowException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("Not recent commands: " + bytes.length + " bytes", e);
    }
    return new RecentCommands(Arrays.copyOf(hashes, count), Arrays.copyOf(minutes, count));
  }

  /**
   * Reads the format of older snapshots: four bytes of each hash, without times.
   *
   * @param time the time of the newest commit; none of the commands is younger
   * @throws IllegalArgumentException if the bytes are not in that format
   */
  public static RecentCommands ofFourByteHashes(byte[] bytes, Instant time) {
    if (bytes.length % Integer.BYTES != 0 || bytes.length > OLD_FORMAT_COUNT * Integer.BYTES) {
      throw new IllegalArgumentException("Not recent commands: " + bytes.length + " bytes");
    }
    ByteBuffer all = ByteBuffer.wrap(bytes);
    short[] hashes = new short[bytes.length / Integer.BYTES];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = all.getShort(i * Integer.BYTES);
    }
    int[] minutes = new int[hashes.length];
    Arrays.fill(minutes, minute(time));
    return new RecentCommands(hashes, minutes);
  }

  /**
   * Stored format: runs of commands whose commits have the same minute, oldest first. A run is the
   * minute (four bytes), the number of commands (two), and two bytes of each one's hash, all
   * big-endian.
   */
  public byte[] toBytes() {
    int runs = (int) IntStream.range(0, hashes.length).filter(this::startsRun).count();
    ByteBuffer bytes = ByteBuffer.allocate(runs * RUN_HEADER + hashes.length * Short.BYTES);
    for (int i = 0; i < hashes.length; i++) {
      if (startsRun(i)) {
        bytes.putInt(minutes[i]).putShort((short) runLength(i));
      }
      bytes.putShort(hashes[i]);
    }
    return bytes.array();
  }

  private boolean startsRun(int i) {
    return i == 0 || minutes[i] != minutes[i - 1];
  }

  private int runLength(int start) {
    int end = start + 1;
    while (end < minutes.length && minutes[end] == minutes[start]) {
      end++;
    }
    return end - start;
  }

  /**
   * These commands and that of the next commit, without those that leave the window.
   *
   * @param time the time of that commit
   */
  public RecentCommands with(CommandId command, Instant time) {
    int newest = minuteAfterNewest(time);
    int size = hashes.length + 1;
    int recent = 0; // from here on, since minutes do not decrease within the window
    while (recent < hashes.length && !isRecent(minutes[recent], newest)) {
      recent++;
    }
    int first = Math.max(0, Math.max(size - MAX, Math.min(recent, size - COUNT)));
    short[] nextHashes = Arrays.copyOfRange(hashes, first, size);
    int[] nextMinutes = Arrays.copyOfRange(minutes, first, size);
    Arrays.fill(nextMinutes, 0, Math.max(0, recent - first), OLD);
    nextHashes[size - first - 1] = hash(command);
    nextMinutes[size - first - 1] = newest;
    return new RecentCommands(nextHashes, nextMinutes);
  }

  /** Ignores small steps back, since writers' clocks differ a little and runs must stay few. */
  private int minuteAfterNewest(Instant time) {
    int minute = minute(time);
    int newest = minutes.length == 0 ? OLD : minutes[minutes.length - 1];
    return isRecent(newest, minute) ? Math.max(newest, minute) : minute;
  }

  /** True if times of these minutes may be less than {@link #AGE} apart, in any order. */
  private static boolean isRecent(int one, int other) {
    return Math.abs((long) one - other) <= AGE.toMinutes();
  }

  private static int minute(Instant time) {
    return (int) Math.floorDiv(time.getEpochSecond(), 60L);
  }

  /** The numbers of commits that may be the command's; {@code head} is the newest one's. */
  public LongStream find(CommandId command, long head) {
    short hash = hash(command);
    LongStream.Builder found = LongStream.builder();
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] == hash) {
        found.add(head - hashes.length + 1 + i);
      }
    }
    return found.build();
  }

  private static short hash(CommandId command) {
    return ByteBuffer.wrap(Sha256.of(command.value())).getShort();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentCommands recent
        && Arrays.equals(hashes, recent.hashes)
        && Arrays.equals(minutes, recent.minutes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(hashes) + Arrays.hashCode(minutes);
  }

  @Override
  public String toString() {
    return "RecentCommands[" + hashes.length + "]";
  }
}
