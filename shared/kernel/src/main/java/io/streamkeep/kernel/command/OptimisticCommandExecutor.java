package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.Limit;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The command loop, over one stream or several: take what is warm or load, find a repeat, decide,
 * append; on a conflict take in the winner and again. One for each process: it keeps the streams
 * that were used last, so that a command on one of them is a single append.
 */
public final class OptimisticCommandExecutor implements CommandExecutor {

  /** A writer that lost this often is told so: more tries would only make its caller wait. */
  static final int MAX_TRIES = 20;

  private final EventStore store;
  private final InstantSource clock;
  private final Turns turns;
  private final Crowd crowd;
  private final Duration writeTime;
  private final StreamCache warm;

  /**
   * Keeps nothing yet.
   *
   * @param clock for the time of commits and for deadlines
   * @param pause how it waits for others
   * @param writeTime the longest that an append takes before it fails
   * @param warmBytes how much it keeps, in bytes as they are stored; 0 is nothing
   */
  public OptimisticCommandExecutor(
      EventStore store, InstantSource clock, Sleeper pause, Duration writeTime, long warmBytes) {
    this.store = store;
    this.clock = clock;
    RoundTrip roundTrip = new RoundTrip(pause);
    this.turns = new Turns(roundTrip);
    this.crowd = new Crowd(roundTrip);
    this.writeTime = writeTime;
    this.warm = new StreamCache(warmBytes);
  }

  @Override
  public Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> participants,
      CommandEnvelope<?> request,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> incidents) {
    if (participants.size() > EventStore.MAX_STREAMS) {
      return new Outcome.TooLarge<>(Limit.STREAMS, participants.size());
    }
    Set<StreamId> streams = new HashSet<>();
    for (StreamRef<?, ?> participant : participants) {
      if (!streams.add(participant.stream())) {
        throw new IllegalArgumentException("Takes part twice: " + participant.stream());
      }
    }
    Manners manners =
        streams.size() == 1 ? turns.enter(streams.iterator().next()) : crowd.enter(streams);
    LoadedStreams known = new LoadedStreams(store, warm, participants);
    return new CommandExecution(store, clock, writeTime, manners, known, request, decide, incidents)
        .run(MAX_TRIES);
  }
}
