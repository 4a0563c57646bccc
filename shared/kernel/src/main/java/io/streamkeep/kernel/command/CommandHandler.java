package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.function.Consumer;

/** Carries out commands on one stream each. */
public final class CommandHandler<C, E, S> {

  private final CommandExecutor transactions;
  private final Decider<C, E, S> decider;
  private final Aggregate<E, S> aggregate;

  /**
   * @param aggregate whose evolution is the decider's
   */
  public CommandHandler(
      CommandExecutor transactions, Decider<C, E, S> decider, Aggregate<E, S> aggregate) {
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
  public Outcome<S> handle(
      StreamId stream, CommandEnvelope<C> request, Consumer<AttemptEvent> incidents) {
    StreamRef<E, S> only = new StreamRef<>(stream, aggregate);
    return transactions
        .handle(
            List.of(only), request, states -> decide(request.command(), only, states), incidents)
        .map(states -> states.of(only));
  }

  private Decision<StreamChange<?>> decide(C command, StreamRef<E, S> only, StreamStates states) {
    return switch (decider.decide(command, states.of(only))) {
      case Decision.Rejected<E>(Rejection rejection) -> new Decision.Rejected<>(rejection);
      case Decision.Accepted<E>(List<E> events) when events.isEmpty() -> Decision.nothing();
      case Decision.Accepted<E>(List<E> events) ->
          Decision.accept(new StreamChange<>(only, events));
    };
  }
}
