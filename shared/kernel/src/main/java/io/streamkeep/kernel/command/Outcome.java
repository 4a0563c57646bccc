package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import java.util.function.Function;

/**
 * The outcome of a command.
 *
 * @param <S> the aggregate's state
 */
public sealed interface Outcome<S> {

  /**
   * The command is in effect, by this attempt or an earlier one.
   *
   * @param state the state right after the command's own commit, whatever came later
   * @param commit that commit; if the command changed nothing, the newest one
   */
  record Completed<S>(S state, long commit) implements Outcome<S> {}

  /** The business rejected the command in the state after the newest commit. */
  record Rejected<S>(Rejection rejection) implements Outcome<S> {}

  /** The command id belongs to another command. */
  record CommandIdReused<S>() implements Outcome<S> {}

  /** The caller's precondition does not hold for {@code commit}, the newest one (0 = none). */
  record PreconditionFailed<S>(long commit) implements Outcome<S> {}

  /** Other writers won every attempt until the deadline; nothing was written. */
  record RetriesExhausted<S>(int attempts) implements Outcome<S> {}

  /**
   * The append exceeds a limit of the store; nothing was written.
   *
   * @param size the size of the append: bytes as stored, or streams if the limit counts streams
   */
  record TooLarge<S>(EventStore.Limit limit, long size) implements Outcome<S> {}

  /** Not enough time was left to start a write; nothing was written. */
  record DeadlineExceeded<S>() implements Outcome<S> {}

  /** The same outcome with another state. */
  default <T> Outcome<T> map(Function<? super S, ? extends T> mapper) {
    return switch (this) {
      case Completed<S>(S state, long commit) -> new Completed<>(mapper.apply(state), commit);
      case Rejected<S>(Rejection rejection) -> new Rejected<>(rejection);
      case CommandIdReused<S>() -> new CommandIdReused<>();
      case PreconditionFailed<S>(long commit) -> new PreconditionFailed<>(commit);
      case RetriesExhausted<S>(int attempts) -> new RetriesExhausted<>(attempts);
      case TooLarge<S>(EventStore.Limit limit, long size) -> new TooLarge<>(limit, size);
      case DeadlineExceeded<S>() -> new DeadlineExceeded<>();
    };
  }
}
