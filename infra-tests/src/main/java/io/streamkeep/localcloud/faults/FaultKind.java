package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of fault at the boundaries. */
public enum FaultKind {
  /** A record or message is delivered again, this much later. */
  DUPLICATE(Duration.ofMillis(200)),
  /** A record or message is delivered this much later, as are later changes of its item. */
  DELAY(Duration.ofMillis(500)),
  /** Records of one poll change places; those of one item keep their order. */
  REORDER(Duration.ZERO),
  /** A record is never delivered, as if it had been trimmed before. */
  DROP(Duration.ZERO),
  /** After a poll the shard is closed, and continues in a child. */
  SPLIT(Duration.ZERO),
  /** An environment is killed before its write has an effect. */
  KILL_BEFORE(Duration.ZERO),
  /** An environment is killed after its write, before the response. */
  KILL_AFTER(Duration.ZERO),
  /** A table answers that its throughput is exceeded. */
  THROTTLE(Duration.ZERO),
  /** An environment hangs in a call for this long, or else until its function's time-out. */
  TIMEOUT(Duration.ZERO),
  /** The environment's clock is ahead or behind by this much during one invocation. */
  CLOCK_JUMP(Duration.ofHours(1));

  private final Duration usual;

  FaultKind(Duration usual) {
    this.usual = usual;
  }

  Duration usual() {
    return usual;
  }

  /** The name on the command line, such as kill-before. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FaultKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
