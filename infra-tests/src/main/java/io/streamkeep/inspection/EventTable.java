package io.streamkeep.inspection;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads the whole event table.
 *
 * @param table its physical name
 */
public record EventTable(DynamoDbClient client, String table) {

  public Set<StreamId> streams() {
    return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
        .map(CommitItem::stream)
        .collect(Collectors.toSet());
  }

  /** Each stream's commits, oldest first. */
  public Map<StreamId, List<Commit>> commits() {
    return commits(stream -> true);
  }

  /** The commits of these streams, oldest first. */
  public Map<StreamId, List<Commit>> commits(Predicate<StreamId> included) {
    DynamoEventStore store = new DynamoEventStore(client, table);
    return streams().stream()
        .filter(included)
        .collect(Collectors.toMap(stream -> stream, stream -> store.load(stream).commits()));
  }

  /** The commits of a generation of the feed, partition by partition in order. */
  public List<CommitId> feed(FeedTable generation, String viewsTable, int partitions) {
    FeedReader feed =
        new FeedReader(
            new DynamoFeedStore(client, generation, viewsTable),
            new DynamoEventStore(client, table));
    return IntStream.range(0, partitions)
        .boxed()
        .flatMap(partition -> feed.read(partition, 0, Integer.MAX_VALUE).stream())
        .map(each -> new CommitId(each.commit().stream(), each.commit().number()))
        .toList();
  }
}
