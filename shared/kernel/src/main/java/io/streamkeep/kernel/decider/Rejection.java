package io.streamkeep.kernel.decider;

/**
 * Why the business said no.
 *
 * @param kind what sort of no it is, for a caller that knows none of the codes
 * @param code a stable name in kebab case, such as {@code order-not-confirmed}
 * @param detail one sentence for a person, without personal data
 */
public record Rejection(Kind kind, String code, String detail) {

  /** What a caller can do about a rejection. */
  public enum Kind {
    /** What the command is about does not exist. */
    UNKNOWN,
    /** The command does not fit the state; it might in another one. */
    STATE,
    /** The command can't be carried out in any state. */
    INPUT
  }
}
