package io.streamkeep.kernel;

import java.util.List;
import java.util.function.Consumer;

/** Carries out commands on one stream each. */
public final class CommandHandler<C, E, S> {

  private final Transactions transactions;
  private final Decider<C, E, S> decider;
  private final Aggregate<E, S> aggregate;

  /**
   * @param aggregate whose evolution is the decider's
   */
  public CommandHandler(
      Transactions transactions, Decider<C, E, S> decider, Aggregate<E, S> aggregate) {
    this.transactions = transactions;
    this.decider = decider;
    this.aggregate = aggregate;
  }

  /**
   * Carries out a command, once, however often it is repeated or by whom at the same time.
   *
   * @param incidents told what happens on the way
   * @throws UnreadableException if the stream can't be read
   * @throws ThrottledException if the store asks to be called less often, and goes on doing so
   */
  public Outcome<S> handle(StreamId stream, Request<C> request, Consumer<Incident> incidents) {
    Participant<E, S> only = new Participant<>(stream, aggregate);
    return transactions
        .handle(
            List.of(only), request, states -> decide(request.command(), only, states), incidents)
        .map(states -> states.of(only));
  }

  private Decision<Change<?>> decide(C command, Participant<E, S> only, States states) {
    return switch (decider.decide(command, states.of(only))) {
      case Decision.Rejected<E>(Rejection rejection) -> new Decision.Rejected<>(rejection);
      case Decision.Accepted<E>(List<E> events) when events.isEmpty() -> Decision.nothing();
      case Decision.Accepted<E>(List<E> events) -> Decision.accept(new Change<>(only, events));
    };
  }
}
