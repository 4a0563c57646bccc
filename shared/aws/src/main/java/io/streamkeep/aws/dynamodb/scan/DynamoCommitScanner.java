package io.streamkeep.aws.dynamodb.scan;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.Throttling;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.reconcile.CommitScanner;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * A Scan of the events table, eventually consistent: half a read unit for 4 KB of what is stored,
 * whatever of it is asked for. A page is 1 MB. A place is a commit's number, a space, its stream.
 */
public final class DynamoCommitScanner implements CommitScanner {

  private final DynamoDbClient client;
  private final String table;
  private final int most;

  /**
   * On a table.
   *
   * @param most commits that a page may have, if they are small
   */
  public DynamoCommitScanner(DynamoDbClient client, String table, int most) {
    this.client = client;
    this.table = table;
    this.most = most;
  }

  @Override
  public Page after(@Nullable String place) {
    ScanRequest.Builder scan =
        ScanRequest.builder()
            .tableName(table)
            .limit(most)
            .projectionExpression("#stream, #commit, #time")
            .expressionAttributeNames(
                Map.of(
                    "#stream", CommitItem.STREAM,
                    "#commit", CommitItem.COMMIT,
                    "#time", CommitItem.TIME));
    if (place != null) {
      scan.exclusiveStartKey(key(place));
    }
    ScanResponse page = Throttling.translate(() -> client.scan(scan.build()));
    List<Found> found = new ArrayList<>();
    for (Map<String, AttributeValue> item : page.items()) {
      try {
        found.add(
            new Found(CommitItem.stream(item), CommitItem.number(item), time(item), place(item)));
      } catch (IllegalArgumentException e) {
        // It is of no stream.
      }
    }
    return new Page(
        found,
        page.items().size() - found.size(),
        page.hasLastEvaluatedKey() ? place(page.lastEvaluatedKey()) : null);
  }

  private static @Nullable Instant time(Map<String, AttributeValue> item) {
    AttributeValue time = item.get(CommitItem.TIME);
    try {
      return time == null || time.s() == null ? null : Instant.parse(time.s());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String place(Map<String, AttributeValue> key) {
    return CommitItem.number(key) + " " + CursorItem.text(key, CommitItem.STREAM);
  }

  private static Map<String, AttributeValue> key(String place) {
    String[] parts = place.split(" ", 2);
    return Map.of(CommitItem.COMMIT, fromN(parts[0]), CommitItem.STREAM, fromS(parts[1]));
  }
}
