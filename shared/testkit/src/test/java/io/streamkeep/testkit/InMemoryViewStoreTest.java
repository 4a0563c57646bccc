package io.streamkeep.testkit;

import io.streamkeep.kernel.ViewStore;

final class InMemoryViewStoreTest extends ViewStoreContract {

  private final ViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }
}
