package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.EventStore;

final class LeaseInMemoryTest extends LeaseContract {

  private final EventStore store = new InMemoryEventStore();

  @Override
  protected EventStore store() {
    return store;
  }
}
