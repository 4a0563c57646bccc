package io.streamkeep.testkit;

import io.streamkeep.kernel.EventStore;

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
