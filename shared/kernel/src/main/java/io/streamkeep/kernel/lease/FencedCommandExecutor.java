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
 * Carries out commands only while a lease is held. It replaces another executor: {@code new
 * CommandHandler<>(new FencedCommandExecutor(executor, clock, "nightly", token), …)}. The lease is
 * a stream of each command that is only read, and counts towards the limit of streams. That makes
 * every command a transaction: still one request if everything is cached, but at twice the price,
 * plus two write units for the lease. Concurrent commands under one lease may conflict and are
 * retried.
 *
 * <p>Rejects with {@code lease-lost} once there is a newer token, and with {@code lease-ended} when
 * the lease has expired by the local clock; it must be renewed first. A repeat of a completed
 * command gets its outcome in any case.
 */
public final class FencedCommandExecutor implements CommandExecutor {

  private final CommandExecutor executor;
  private final InstantSource clock;
  private final StreamRef<LeaseEvent, Lease> lease;
  private final long token;

  /**
   * Fences an executor.
   *
   * @param lease its name
   * @param token the lease's commit when it was acquired or last renewed
   */
  public FencedCommandExecutor(
      CommandExecutor executor, InstantSource clock, String lease, long token) {
    this.executor = executor;
    this.clock = clock;
    this.lease = Lease.ref(lease);
    this.token = token;
  }

  @Override
  public Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> streams,
      CommandEnvelope<?> envelope,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> observer) {
    List<StreamRef<?, ?>> all = new ArrayList<>(streams);
    all.add(lease);
    Instant now = clock.instant();
    return executor.handle(
        all,
        envelope,
        states ->
            LeaseDecider.fence(states.of(lease), token, now)
                .<Decision<StreamChange<?>>>map(Decision.Rejected::new)
                .orElseGet(() -> decide.apply(states)),
        observer);
  }
}
