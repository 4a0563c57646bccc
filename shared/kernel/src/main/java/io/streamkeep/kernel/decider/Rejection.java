package io.streamkeep.kernel.decider;

/**
 * The reason why a command is rejected.
 *
 * @param kind the kind, for callers that do not know the code
 * @param code a stable name in kebab case, such as {@code order-not-confirmed}
 * @param detail one sentence for people, without personal data
 */
public record Rejection(Kind kind, String code, String detail) {

  /** The kinds of rejection, by what a caller can do about them. */
  public enum Kind {
    /** The subject of the command does not exist. */
    UNKNOWN,
    /** The command does not fit the current state; it may fit another one. */
    STATE,
    /** The command can't be carried out in any state. */
    INPUT
  }
}
