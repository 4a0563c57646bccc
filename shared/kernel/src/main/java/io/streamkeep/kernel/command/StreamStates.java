package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.StreamId;
import java.util.Map;

/** The states of a command's streams. */
public final class StreamStates {

  private final Map<StreamId, StreamState<?, ?>> states;

  StreamStates(Map<StreamId, StreamState<?, ?>> states) {
    this.states = Map.copyOf(states);
  }

  public <E, S> S of(StreamRef<E, S> ref) {
    return find(ref).state();
  }

  /** The number of the newest commit in a stream's state, 0 if there is none. */
  public long commit(StreamRef<?, ?> ref) {
    return find(ref).commit();
  }

  private <E, S> StreamState<E, S> find(StreamRef<E, S> ref) {
    StreamState<?, ?> state = states.get(ref.stream());
    if (state == null) {
      throw new IllegalArgumentException("Not a stream of this command: " + ref.stream());
    }
    return state.as(ref);
  }
}
