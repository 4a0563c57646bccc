package io.streamkeep.kernel;

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
  record Done<S>(S state, long commit) implements Outcome<S> {}

  /** The business said no, in the state that the newest commit left. */
  record Rejected<S>(Rejection rejection) implements Outcome<S> {}

  /** The same command id was used before for something else. */
  record Reused<S>() implements Outcome<S> {}

  /** The caller's precondition does not hold for {@code commit}, the newest one (0 = none). */
  record PreconditionFailed<S>(long commit) implements Outcome<S> {}

  /** Other writers were faster at every one of {@code tries}; nothing was written. */
  record Contended<S>(int tries) implements Outcome<S> {}
}
