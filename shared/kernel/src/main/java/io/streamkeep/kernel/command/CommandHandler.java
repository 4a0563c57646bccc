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

/** Carries out the commands of one kind of aggregate, each on a single stream. */
public final class CommandHandler<C, E, S> {

  private final CommandExecutor executor;
  private final Decider<C, E, S> decider;
  private final Aggregate<E, S> aggregate;

  /**
   * Carries out a decider's commands.
   *
   * @param aggregate must evolve its state as the decider does
   */
  public CommandHandler(
      CommandExecutor executor, Decider<C, E, S> decider, Aggregate<E, S> aggregate) {
    this.executor = executor;
    this.decider = decider;
    this.aggregate = aggregate;
  }

  /**
   * Carries out a command exactly once, however often it is repeated or sent concurrently.
   *
   * @param observer notified of events on the way
   * @throws UnreadableException if the stream can't be read
   * @throws ThrottledException if the store throttles until the command's deadline
   */
  public Outcome<S> handle(
      StreamId stream, CommandEnvelope<C> envelope, Consumer<AttemptEvent> observer) {
    StreamRef<E, S> ref = new StreamRef<>(stream, aggregate);
    return executor
        .handle(List.of(ref), envelope, states -> decide(envelope.command(), ref, states), observer)
        .map(states -> states.of(ref));
  }

  private Decision<StreamChange<?>> decide(C command, StreamRef<E, S> ref, StreamStates states) {
    return switch (decider.decide(command, states.of(ref))) {
      case Decision.Rejected<E>(Rejection rejection) -> new Decision.Rejected<>(rejection);
      case Decision.Accepted<E>(List<E> events) when events.isEmpty() -> Decision.nothing();
      case Decision.Accepted<E>(List<E> events) -> Decision.accept(new StreamChange<>(ref, events));
    };
  }
}
