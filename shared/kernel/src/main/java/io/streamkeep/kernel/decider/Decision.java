package io.streamkeep.kernel.decider;

import java.util.List;

/** What a {@link Decider} answers; a rejection is a value, not an exception. */
public sealed interface Decision<E> {

  /** Yes: these events, in order, become one commit; none means that there is nothing to do. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** No, and nothing is written. */
  record Rejected<E>(Rejection rejection) implements Decision<E> {}

  static <E> Decision<E> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  /** Yes, and it is so already. */
  static <E> Decision<E> nothing() {
    return new Accepted<>(List.of());
  }

  static <E> Decision<E> reject(Rejection.Kind kind, String code, String detail) {
    return new Rejected<>(new Rejection(kind, code, detail));
  }
}
