package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.ViewStore;

final class InMemoryViewStoreTest extends ViewStoreContract {

  private final ViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }
}
