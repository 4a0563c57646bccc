package io.streamkeep.aws.dynamodb.scan;

import static java.util.stream.Collectors.joining;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.reconcile.ChangeMarker;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The newest page of each feed partition, and the number of items in the event table. The feed
 * advances within moments of an append, as long as the reaction function receives the stream. The
 * number of items shows every append, but DynamoDB updates it only about every six hours. A
 * DescribeTable is free; the feed costs a read unit or two for each partition.
 *
 * @param events the name of the event table
 * @param partitions the number of feed partitions
 */
public record DynamoChangeMarker(
    DynamoDbClient client, String events, FeedStore feed, int partitions) implements ChangeMarker {

  @Override
  public String current() {
    long items =
        DynamoTable.translate(() -> client.describeTable(table -> table.tableName(events)))
            .table()
            .itemCount();
    return Stream.concat(
            Stream.of(items), IntStream.range(0, partitions).mapToObj(feed::newestPage))
        .map(String::valueOf)
        .collect(joining(" "));
  }
}
