package io.streamkeep.kernel;

/**
 * How a stream's events add up to a state. Pure.
 *
 * @param <E> events, a sealed interface of records
 * @param <S> states, a sealed interface of records
 */
public interface Evolution<E, S> {

  /** The state of a stream without events. */
  S initial();

  /** The state after an event; total over all events that were ever accepted. */
  S evolve(S state, E event);
}
