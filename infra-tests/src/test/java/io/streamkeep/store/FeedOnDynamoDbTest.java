package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.feed.DynamoCheckpointStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.testkit.contract.FeedContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class FeedOnDynamoDbTest extends FeedContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  protected FeedStore store() {
    return new DynamoFeedStore(TABLES.client(), Tables.FIRST_FEED, Tables.VIEWS);
  }

  @Override
  protected CheckpointStore checkpoints() {
    return new DynamoCheckpointStore(TABLES.client(), Tables.VIEWS, 1);
  }
}
