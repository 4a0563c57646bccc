package io.streamkeep.functions.command;

import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;

/** Loads from a store; appends nothing, and answers as if it were the stream's first commit. */
final class Rehearsal implements EventStore {

  private final EventStore store;

  Rehearsal(EventStore store) {
    this.store = store;
  }

  private record Loaded(StreamId stream) implements Head {}

  @Override
  public History load(StreamId stream) {
    return new History(store.load(stream).commits(), new Loaded(stream));
  }

  @Override
  public AppendResult append(Head head, Proposal proposal) {
    return new AppendResult.Appended(proposal.after(((Loaded) head).stream(), 0, 0));
  }

  @Override
  public Slice read(StreamId stream, long after, int limit) {
    return store.read(stream, after, limit);
  }
}
