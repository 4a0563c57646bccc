package io.streamkeep.kernel.decider;

/**
 * Business rules as pure functions: no clock, no random numbers, no I/O. Whatever they need is in
 * the command.
 *
 * @param <C> commands, a sealed interface of records
 * @param <E> events, a sealed interface of records
 * @param <S> states, a sealed interface of records
 * @see <a href="https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider">
 *     Functional Event Sourcing Decider</a>
 */
public interface Decider<C, E, S> {

  /** The state of a stream without events. */
  S initial();

  /** The state after an event; defined for all events that were ever accepted. */
  S evolve(S state, E event);

  /** The decision on a command in a state: events, none if nothing changes, or a rejection. */
  Decision<E> decide(C command, S state);
}
