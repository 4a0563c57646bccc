package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.StreamId;
import java.util.Map;
import java.util.Optional;

/** The states of the streams that take part in a command. */
public final class StreamStates {

  private final Map<StreamId, LoadedStream<?, ?>> known;

  StreamStates(Map<StreamId, LoadedStream<?, ?>> known) {
    this.known = Map.copyOf(known);
  }

  /** The state of one of them. */
  public <E, S> S of(StreamRef<E, S> participant) {
    return known(participant).as(participant.aggregate()).now().state();
  }

  /** The number of the newest commit in that state (0 = none). */
  public long commit(StreamRef<?, ?> participant) {
    return known(participant).now().commit();
  }

  private LoadedStream<?, ?> known(StreamRef<?, ?> participant) {
    return Optional.ofNullable(known.get(participant.stream()))
        .orElseThrow(() -> new IllegalArgumentException("Takes no part: " + participant.stream()));
  }
}
