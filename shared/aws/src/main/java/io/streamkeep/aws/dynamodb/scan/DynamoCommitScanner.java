package io.streamkeep.aws.dynamodb.scan;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.reconcile.CommitScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * An eventually consistent Scan of the event table. It costs half a read unit for 4 KB of stored
 * data, whatever is projected. A page is 1 MB. A position is a commit's number, a space, its
 * stream.
 */
public final class DynamoCommitScanner implements CommitScanner {

  private static final String ATTRIBUTES = "#stream, #commit, #time";

  private final DynamoDbClient client;
  private final String table;
  private final int maxCommits;

  /**
   * Scans a table.
   *
   * @param maxCommits the maximum number of commits in a page, if they are small
   */
  public DynamoCommitScanner(DynamoDbClient client, String table, int maxCommits) {
    this.client = client;
    this.table = table;
    this.maxCommits = maxCommits;
  }

  @Override
  public Page after(@Nullable String position) {
    ScanRequest scan =
        ScanRequest.builder()
            .tableName(table)
            .limit(maxCommits)
            .projectionExpression(ATTRIBUTES)
            .expressionAttributeNames(DynamoTable.names(ATTRIBUTES))
            .exclusiveStartKey(position == null ? null : key(position))
            .build();
    ScanResponse page = DynamoTable.translate(() -> client.scan(scan));
    List<ScannedCommit> found = new ArrayList<>();
    for (Map<String, AttributeValue> item : page.items()) {
      try {
        found.add(
            new ScannedCommit(
                CommitItem.stream(item),
                CommitItem.number(item),
                CommitItem.time(item).orElse(null),
                position(item)));
      } catch (IllegalArgumentException e) {
        // Its key is not a commit's.
      }
    }
    return new Page(
        found,
        page.items().size() - found.size(),
        page.hasLastEvaluatedKey() ? position(page.lastEvaluatedKey()) : null);
  }

  private static String position(Map<String, AttributeValue> key) {
    return CommitItem.number(key) + " " + new ItemReader("commit", key).text(CommitItem.STREAM);
  }

  private static Map<String, AttributeValue> key(String position) {
    String[] parts = position.split(" ", 2);
    return Map.of(CommitItem.COMMIT, fromN(parts[0]), CommitItem.STREAM, fromS(parts[1]));
  }
}
