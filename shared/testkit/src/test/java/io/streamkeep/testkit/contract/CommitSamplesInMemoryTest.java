package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore;

final class CommitSamplesInMemoryTest extends CommitSamplesContract {

  private final InMemoryEventStore store = new InMemoryEventStore();

  @Override
  protected EventStore store() {
    return store;
  }

  @Override
  protected CommitSamples samples() {
    return store;
  }
}
