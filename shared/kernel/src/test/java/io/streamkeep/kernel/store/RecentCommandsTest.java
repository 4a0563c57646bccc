package io.streamkeep.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentCommandsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:15:30Z");
  private static final int KILOBYTE = 1024;

  /** The times of a stream's commits, and its window. The nth commit is that of command n. */
  private static final class History {

    private final List<Instant> times = new ArrayList<>();
    private RecentCommands window = RecentCommands.NONE;

    void commit(Instant time) {
      times.add(time);
      window = window.with(id(times.size()), time);
    }

    void commits(int count, Duration apart) {
      Instant first = times.isEmpty() ? START : times.getLast().plus(apart);
      for (int i = 0; i < count; i++) {
        commit(first.plus(apart.multipliedBy(i)));
      }
    }

    boolean remembers(long number) {
      return window.find(id(number), times.size()).anyMatch(found -> found == number);
    }

    static CommandId id(long number) {
      return new CommandId("command-" + number);
    }
  }

  private final History history = new History();

  @Test
  void newestHundredAreRemembered_whateverTheirAge() {
    history.commits(300, Duration.ofDays(1));

    assertThat(history.remembers(201)).isTrue();
    assertThat(history.remembers(200)).isFalse();
    assertThat(history.remembers(300)).isTrue();
  }

  @Test
  void commandsOfTheLast15MinutesAreRemembered_howeverManyFollow() {
    history.commits(2_000, Duration.ofSeconds(1));

    assertThat(history.remembers(2_000 - 15 * 60)).isTrue();
    assertThat(history.remembers(2_000 - 17 * 60)).isFalse();
  }

  @Test
  void newest8192AreRemembered_atTenThousandASecond() {
    history.commits(20_000, Duration.ofNanos(100_000));

    assertThat(history.remembers(20_000 - 8_191)).isTrue();
    assertThat(history.remembers(20_000 - 8_192)).isFalse();
    assertThat(history.window.toBytes().length).isLessThan(17 * KILOBYTE);
  }

  /** Each writer's clock differs by up to two seconds. */
  @Test
  void clocksThatDifferDoNotShortenTheWindow() {
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      history.commit(START.plusSeconds(i).plusMillis(random.nextInt(-2_000, 2_000)));
    }

    assertThat(history.remembers(3_000 - 15 * 60 + 4)).isTrue();
    assertThat(history.window.toBytes().length).as("few runs").isLessThan(2_400);
  }

  @Test
  void newestHundredSurviveAClockThatIsWrongByAYear() {
    history.commits(300, Duration.ofSeconds(1));
    history.commit(START.plus(Duration.ofDays(365)));
    history.commit(START.plusSeconds(301));

    assertThat(history.remembers(203)).isTrue();
    assertThat(history.remembers(302)).isTrue();
  }

  /** The guarantee, and the bound on the bytes, for random rates and wrong clocks. */
  @Test
  void windowHoldsGuaranteedCommandsAndStaysSmall() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      History some = new History();
      Instant time = START;
      for (int i = 0; i < 1_000; i++) {
        time = time.plusMillis(random.nextInt(1, random.nextInt(10) == 0 ? 200_000 : 2_000));
        some.commit(random.nextInt(100) == 0 ? time.plus(Duration.ofDays(9)) : time);
        time = some.times.getLast().isAfter(time) ? time.plusMillis(1) : time;
      }
      for (int number = 901; number <= 1_000; number++) {
        assertThat(some.remembers(number)).as("command %s, seed %s", number, seed).isTrue();
      }
      assertThat(some.window.toBytes().length).isLessThan(3 * KILOBYTE);
      assertThat(RecentCommands.of(some.window.toBytes())).isEqualTo(some.window);
    }
  }

  @Test
  void storedFormatIsRunsOfAMinuteAndTwoBytesPerCommand() {
    history.commits(2, Duration.ofSeconds(1));
    history.commit(START.plusSeconds(60));

    byte[] stored = history.window.toBytes();

    int minute = (int) (START.getEpochSecond() / 60);
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    assertThat(stored).hasSize(2 * (4 + 2) + 3 * 2);
    assertThat(bytes.getInt(0)).isEqualTo(minute);
    assertThat(bytes.getShort(4)).isEqualTo((short) 2);
    assertThat(bytes.getInt(10)).isEqualTo(minute + 1);
    assertThat(bytes.getShort(14)).isEqualTo((short) 1);
    assertThat(RecentCommands.of(stored)).isEqualTo(history.window);
  }

  /** Its commands are treated as if they were as young as the snapshot's commit. */
  @Test
  void olderFormatIsReadAndKeptFor15Minutes() {
    RecentCommands stored =
        RecentCommands.ofFourByteHashes(new byte[] {0, 0, 0, 0, 1, 2, 3, 4}, START);
    RecentCommands after = stored;
    for (int i = 0; i < 150; i++) {
      after = after.with(new CommandId("c" + i), START.plusSeconds(i));
    }

    assertThat(stored.toBytes()).hasSize(4 + 2 + 2 * 2);
    assertThat(after.toBytes()).hasSize(3 * (4 + 2) + 152 * 2);
    assertThat(after.with(new CommandId("c"), START.plusSeconds(1_000)).toBytes())
        .as("the newest hundred, and what is younger than 15 minutes")
        .hasSizeLessThan(3 * (4 + 2) + 152 * 2);
    assertThatThrownBy(() -> RecentCommands.ofFourByteHashes(new byte[3], START))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecentCommands.ofFourByteHashes(new byte[404], START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 8, 517})
  void bytesThatEndTooEarlyAreRefused(int length) {
    byte[] bytes = new byte[length];
    bytes[Math.min(4, length - 1)] = 1; // a run of 256 commands

    assertThatThrownBy(() -> RecentCommands.of(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreCommandsThanAWindowHoldsAreRefused() {
    ByteBuffer bytes = ByteBuffer.allocate(6 + 8_193 * 2);
    bytes.putShort(4, (short) 8_193);

    assertThatThrownBy(() -> RecentCommands.of(bytes.array()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
