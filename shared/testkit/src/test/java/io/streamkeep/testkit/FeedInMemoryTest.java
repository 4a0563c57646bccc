package io.streamkeep.testkit;

import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.feed.Positions;

final class FeedInMemoryTest extends FeedContract {

  private final InMemoryFeedStore store = new InMemoryFeedStore();

  @Override
  protected FeedStore store() {
    return store;
  }

  @Override
  protected Positions positions() {
    return store;
  }
}
