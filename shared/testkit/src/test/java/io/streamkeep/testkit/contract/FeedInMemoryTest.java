package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.memory.InMemoryFeedStore;

final class FeedInMemoryTest extends FeedContract {

  private final InMemoryFeedStore store = new InMemoryFeedStore();

  @Override
  protected FeedStore store() {
    return store;
  }

  @Override
  protected CheckpointStore checkpoints() {
    return store;
  }
}
