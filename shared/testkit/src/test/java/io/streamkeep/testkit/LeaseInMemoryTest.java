package io.streamkeep.testkit;

import io.streamkeep.kernel.EventStore;

final class LeaseInMemoryTest extends LeaseContract {

  private final EventStore store = new InMemoryEventStore();

  @Override
  protected EventStore store() {
    return store;
  }
}
