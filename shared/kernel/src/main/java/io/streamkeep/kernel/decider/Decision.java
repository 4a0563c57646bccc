package io.streamkeep.kernel.decider;

import java.util.List;

/** The result of a {@link Decider}; a rejection is a value, not an exception. */
public sealed interface Decision<E> {

  /** These events, in order, become one commit; none means that there is nothing to do. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing is written. */
  record Rejected<E>(Rejection rejection) implements Decision<E> {}

  static <E> Decision<E> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  /** Accepts a command that changes nothing. */
  static <E> Decision<E> nothing() {
    return new Accepted<>(List.of());
  }

  static <E> Decision<E> reject(Rejection.Kind kind, String code, String detail) {
    return new Rejected<>(new Rejection(kind, code, detail));
  }
}
