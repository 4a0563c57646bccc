package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.ViewStore;

import java.math.BigInteger;
import java.util.Map;

final class TotalsInMemoryTest extends TotalsContract {

  private final InMemoryViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }

  @Override
  protected Map<String, Map<String, BigInteger>> totals(String group) {
    return store.totals(group);
  }
}
