package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The event store on one DynamoDB table: an item is a commit, its sort key the commit's number.
 * Loading is a consistent Query, a request for each MB; appending one conditional PutItem.
 */
public final class DynamoEventStore implements EventStore {

  private final DynamoDbClient client;
  private final String table;

  public DynamoEventStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  private record At(StreamId stream, long commit, long version) implements Head {}

  @Override
  public History load(StreamId stream) {
    List<Commit> commits =
        client.queryPaginator(query(stream, 0).build()).items().stream()
            .map(CommitItem::read)
            .toList();
    return new History(
        commits,
        commits.isEmpty()
            ? new At(stream, 0, 0)
            : new At(stream, commits.getLast().number(), commits.getLast().version()));
  }

  @Override
  public Slice read(StreamId stream, long after, int limit) {
    // One more than asked for tells whether there is more; a page also ends at 1 MB.
    QueryResponse page = client.query(query(stream, after).limit(limit + 1).build());
    List<Commit> commits = page.items().stream().limit(limit).map(CommitItem::read).toList();
    return new Slice(commits, page.hasLastEvaluatedKey() || page.items().size() > limit);
  }

  private QueryRequest.Builder query(StreamId stream, long after) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("#stream = :stream AND #commit > :after")
        .expressionAttributeNames(
            Map.of("#stream", CommitItem.STREAM, "#commit", CommitItem.COMMIT))
        .expressionAttributeValues(
            Map.of(":stream", fromS(stream.toString()), ":after", fromN(Long.toString(after))));
  }

  @Override
  public AppendResult append(Head head, Proposal proposal) {
    if (!(head instanceof At at)) {
      throw new IllegalArgumentException("Not a head of this store");
    }
    Commit commit = proposal.after(at.stream(), at.commit(), at.version());
    return put(CommitItem.write(commit))
        ? new AppendResult.Appended(commit)
        : new AppendResult.Conflict();
  }

  private boolean put(Map<String, AttributeValue> item) {
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#stream)")
                  .expressionAttributeNames(Map.of("#stream", CommitItem.STREAM)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
