package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoTable;
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

  private final DynamoTable table;

  public DynamoParkedReader(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public List<Parked> parked(StreamId stream) {
    return table
        .items(
            query ->
                query
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .filterExpression("attribute_exists(#parked)")
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .flatMap(item -> ParkedItem.read(item).stream())
        .toList();
  }

  @Override
  public List<Parked> parked(String subscriber, @Nullable StreamId after, int limit) {
    String start = after == null ? START : after.toString();
    return table
        .items(
            query ->
                query
                    .indexName(ParkedItem.INDEX)
                    .limit(limit)
                    .keyConditionExpression("#parked = :subscriber AND #stream > :start")
                    .expressionAttributeValues(
                        Map.of(":subscriber", fromS(subscriber), ":start", fromS(start))))
        .flatMap(item -> ParkedItem.read(item).stream())
        .limit(limit)
        .toList();
  }
}
