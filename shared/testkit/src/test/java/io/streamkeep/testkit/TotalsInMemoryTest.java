package io.streamkeep.testkit;

import io.streamkeep.kernel.ViewStore;
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
