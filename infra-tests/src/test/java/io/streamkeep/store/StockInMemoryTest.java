package io.streamkeep.store;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.EventStore;


final class StockInMemoryTest extends StockSuite {

  private final EventStore store = new InMemoryEventStore();

  @Override
  EventStore store() {
    return store;
  }
}
