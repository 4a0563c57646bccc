package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;

final class ViewReaderInMemoryTest extends ViewReaderContract {

  private final InMemoryViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }

  @Override
  protected ViewReader reader() {
    return store;
  }
}
