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
 * The command loop over one stream or several: load the streams or take them from the cache, find a
 * repeat, decide, append; on a conflict apply the winner and start over. One for each process: it
 * caches the streams that were used last, so that a command on one of them is a single append.
 * Thread-safe.
 */
public final class OptimisticCommandExecutor implements CommandExecutor {

  private static final Duration FIRST_BOUND = Duration.ofMillis(8); // about two round trips
  private static final Duration LARGEST_BOUND = Duration.ofMillis(250);

  private final EventStore store;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Duration writeTime;
  private final StreamCache cache;

  /**
   * Starts with an empty cache.
   *
   * @param clock dates commits and checks deadlines
   * @param writeTime the longest that an append takes before it fails
   * @param cacheBytes the size of all cached streams, as they are stored; 0 caches nothing
   */
  public OptimisticCommandExecutor(
      EventStore store, InstantSource clock, Sleeper sleeper, Duration writeTime, long cacheBytes) {
    this.store = store;
    this.clock = clock;
    this.sleeper = sleeper;
    this.writeTime = writeTime;
    this.cache = new StreamCache(cacheBytes);
  }

  @Override
  public Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> streams,
      CommandEnvelope<?> envelope,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> observer) {
    if (streams.size() > EventStore.MAX_STREAMS) {
      return new Outcome.TooLarge<>(Limit.STREAMS, streams.size());
    }
    Set<StreamId> distinct = new HashSet<>();
    for (StreamRef<?, ?> ref : streams) {
      if (!distinct.add(ref.stream())) {
        throw new IllegalArgumentException("Listed twice: " + ref.stream());
      }
    }
    return new CommandExecution(
            store,
            clock,
            envelope.deadline().minus(writeTime),
            new Backoff(sleeper, FIRST_BOUND, LARGEST_BOUND),
            new LoadedStreams(store, cache, streams),
            envelope,
            decide,
            observer)
        .run();
  }
}
