package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.command.StreamStates;
import io.streamkeep.kernel.decider.Decision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out commands only while a lease is held: to be given to whatever would carry them out
 * without, {@code new CommandHandler<>(new Fenced(transactor, clock, "nightly", token), …)}. The
 * lease takes part in each command as a stream that is only read, and counts as one of those that a
 * command may have. That makes every command a transaction: still one request if all is warm, but
 * twice the price, and two write units for the lease. Commands under one lease at the same time may
 * collide, and are tried again.
 *
 * <p>Rejected with {@code lease-lost} once there is a newer token, and with {@code lease-ended}
 * after the lease's time by the clock here: then it is to be renewed first. What was done already
 * is told to a repeat as ever.
 */
public final class FencedCommandExecutor implements CommandExecutor {

  private final CommandExecutor transactions;
  private final InstantSource clock;
  private final StreamRef<LeaseEvent, Lease> lease;
  private final long token;

  /**
   * @param lease its name
   * @param token from acquiring it, or renewing it last
   */
  public FencedCommandExecutor(
      CommandExecutor transactions, InstantSource clock, String lease, long token) {
    this.transactions = transactions;
    this.clock = clock;
    this.lease = Lease.participant(lease);
    this.token = token;
  }

  @Override
  public Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> participants,
      CommandEnvelope<?> request,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> incidents) {
    List<StreamRef<?, ?>> all = new ArrayList<>(participants);
    all.add(lease);
    Instant now = clock.instant();
    return transactions.handle(
        all,
        request,
        states ->
            LeaseDecider.fence(states.of(lease), token, now)
                .<Decision<StreamChange<?>>>map(Decision.Rejected::new)
                .orElseGet(() -> decide.apply(states)),
        incidents);
  }
}
