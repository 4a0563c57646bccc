package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads where {@link DynamoViewStore} has parked subscribers. */
public final class DynamoParkedReader implements ParkedReader {

  /** Sorts before every stream. */
  private static final String START = " ";

  private final DynamoDbClient client;
  private final String table;

  public DynamoParkedReader(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public List<Parked> parked(StreamId stream) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .filterExpression("attribute_exists(#parked)")
                    .expressionAttributeNames(
                        Map.of("#stream", CursorItem.STREAM, "#parked", ParkedItem.PARKED))
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .items()
        .stream()
        .map(ParkedItem::read)
        .toList();
  }

  @Override
  public List<Parked> parked(String subscriber, @Nullable StreamId after, int limit) {
    String start = after == null ? START : after.toString();
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName(ParkedItem.INDEX)
                    .limit(limit)
                    .keyConditionExpression("#parked = :subscriber AND #stream > :start")
                    .expressionAttributeNames(
                        Map.of("#parked", ParkedItem.PARKED, "#stream", CursorItem.STREAM))
                    .expressionAttributeValues(
                        Map.of(":subscriber", fromS(subscriber), ":start", fromS(start))))
        .items()
        .stream()
        .limit(limit)
        .map(ParkedItem::read)
        .toList();
  }
}
