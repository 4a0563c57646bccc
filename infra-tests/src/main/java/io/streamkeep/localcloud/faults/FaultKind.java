package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A kind of fault at the boundaries. */
public enum FaultKind {
  /** A record or message is delivered again, this much later. */
  DUPLICATE(Place.STREAM_OR_QUEUE, Duration.ofMillis(200)),
  /** A record or message is delivered this much later, as are later changes of its item. */
  DELAY(Place.STREAM_OR_QUEUE, Duration.ofMillis(500)),
  /** Records of one poll change places; those of one item keep their order. */
  REORDER(Place.STREAM_OR_QUEUE),
  /** A record is never delivered, as if it had been trimmed before. */
  DROP(Place.STREAM),
  /** After a poll every open shard is closed and continues in two, up to eight in all. */
  SPLIT(Place.STREAM),
  /** After a poll every open shard is closed and continues in one, as after some hours. */
  ROLLOVER(Place.STREAM),
  /** An environment is killed before its write has an effect. */
  KILL_BEFORE(Place.CALL),
  /** An environment is killed after its write, before the response. */
  KILL_AFTER(Place.CALL),
  /** A table or queue answers that its throughput is exceeded. */
  THROTTLE(Place.CALL),
  /** A table or queue answers with an internal error. */
  UNAVAILABLE(Place.CALL),
  /** A table answers that another transaction is in progress on the same items. */
  CONFLICT(Place.CALL),
  /** A queue refuses one message of a batch, and accepts the others. */
  PARTIAL(Place.CALL),
  /** An environment hangs in a call for this long, or else until its function's time-out. */
  TIMEOUT(Place.CALL),
  /** Lambda throttles an invocation. */
  THROTTLE_INVOKE(Place.FUNCTION),
  /** The environment's clock is ahead or behind by this much during one invocation. */
  CLOCK_JUMP(Place.FUNCTION, Duration.ofHours(1));

  /** The place where a kind can happen. */
  enum Place {
    STREAM,
    STREAM_OR_QUEUE,
    FUNCTION,
    CALL
  }

  private final Place place;
  private final Duration usual;

  FaultKind(Place place) {
    this(place, Duration.ZERO);
  }

  FaultKind(Place place, Duration usual) {
    this.place = place;
    this.usual = usual;
  }

  Place place() {
    return place;
  }

  /** The operations that it affects; none for a kind that does not happen at calls. */
  Set<Action> actions() {
    return switch (this) {
      case KILL_BEFORE, KILL_AFTER -> Action.EFFECTS;
      case THROTTLE, UNAVAILABLE -> Action.ALL;
      case CONFLICT -> Action.CONFLICTING;
      case PARTIAL -> Action.BATCHES;
      case TIMEOUT -> Action.OF_ENVIRONMENTS;
      default -> Set.of();
    };
  }

  Duration usual() {
    return usual;
  }

  /** The name on the command line, such as kill-before. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all kinds, separated by commas. */
  public static String names() {
    return Arrays.stream(values()).map(FaultKind::text).collect(Collectors.joining(", "));
  }

  static Optional<FaultKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
