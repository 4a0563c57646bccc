package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong at the boundaries. */
public enum FaultKind {
  /** A record or message comes once more, this much later. */
  DUPLICATE(Duration.ofMillis(200)),
  /** A record or message comes this much later, and with it what follows of its item. */
  DELAY(Duration.ofMillis(500)),
  /** Records of one poll change places; those of one item keep their order. */
  REORDER(Duration.ZERO),
  /** A record is never delivered, as if it were trimmed before. */
  DROP(Duration.ZERO),
  /** After a poll the shard is closed, and its child is to be read. */
  SPLIT(Duration.ZERO),
  /** An environment ends before what it writes is written. */
  KILL_BEFORE(Duration.ZERO),
  /** An environment ends after its write, before that is answered. */
  KILL_AFTER(Duration.ZERO),
  /** A table answers that it is asked too much. */
  THROTTLE(Duration.ZERO),
  /** An environment hangs at a call, this long; if not said, for its function's time-out. */
  TIMEOUT(Duration.ZERO),
  /** During one invocation the environment's clock is fast or slow by this much. */
  CLOCK_JUMP(Duration.ofHours(1));

  private final Duration usual;

  FaultKind(Duration usual) {
    this.usual = usual;
  }

  Duration usual() {
    return usual;
  }

  /** Such as kill-before. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FaultKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
