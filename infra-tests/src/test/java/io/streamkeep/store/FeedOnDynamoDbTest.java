package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.DynamoPositions;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.feed.Positions;
import io.streamkeep.testkit.FeedContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class FeedOnDynamoDbTest extends FeedContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  protected FeedStore store() {
    return new DynamoFeedStore(TABLES.client(), Tables.FEED, Tables.VIEWS);
  }

  @Override
  protected Positions positions() {
    return new DynamoPositions(TABLES.client(), Tables.VIEWS);
  }
}
