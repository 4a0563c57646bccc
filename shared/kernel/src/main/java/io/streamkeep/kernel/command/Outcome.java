package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import java.util.function.Function;

/**
 * How a command ended.
 *
 * @param <S> the aggregate's state
 */
public sealed interface Outcome<S> {

  /**
   * It holds, now or since an earlier try of the same command.
   *
   * @param state the state right after the command's own commit, whatever came later
   * @param commit that commit; if the command changed nothing, the newest one
   */
  record Completed<S>(S state, long commit) implements Outcome<S> {}

  /** The business said no, in the state that the newest commit left. */
  record Rejected<S>(Rejection rejection) implements Outcome<S> {}

  /** The same command id was used before for something else. */
  record CommandIdReused<S>() implements Outcome<S> {}

  /** The caller's precondition does not hold for {@code commit}, the newest one (0 = none). */
  record PreconditionFailed<S>(long commit) implements Outcome<S> {}

  /** Other writers were faster at every one of {@code tries}; nothing was written. */
  record RetriesExhausted<S>(int tries) implements Outcome<S> {}

  /**
   * What it would write is more than the store takes; nothing was written.
   *
   * @param size what it would be: bytes as stored, or streams if the limit is of these
   */
  record TooLarge<S>(EventStore.Limit limit, long size) implements Outcome<S> {}

  /** There was not enough time left to start a write; nothing was written. */
  record DeadlineExceeded<S>() implements Outcome<S> {}

  /** The same, told of another state. */
  default <T> Outcome<T> map(Function<? super S, ? extends T> as) {
    return switch (this) {
      case Completed<S>(S state, long commit) -> new Completed<>(as.apply(state), commit);
      case Rejected<S>(Rejection rejection) -> new Rejected<>(rejection);
      case CommandIdReused<S>() -> new CommandIdReused<>();
      case PreconditionFailed<S>(long commit) -> new PreconditionFailed<>(commit);
      case RetriesExhausted<S>(int tries) -> new RetriesExhausted<>(tries);
      case TooLarge<S>(EventStore.Limit limit, long size) -> new TooLarge<>(limit, size);
      case DeadlineExceeded<S>() -> new DeadlineExceeded<>();
    };
  }
}
