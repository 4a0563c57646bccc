package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.EventStore;

final class InMemoryEventStoreTest extends EventStoreContract {

  private final EventStore store = new InMemoryEventStore();

  @Override
  protected EventStore store() {
    return store;
  }

  @Override
  protected EventStore elsewhere() {
    return store();
  }
}
