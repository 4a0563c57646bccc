package io.streamkeep.testkit.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The key schemas and indexes of the tables behind an unmetered client. */
final class TableSchemas {

  private final DynamoDbClient client;
  private final ConcurrentMap<String, Schema> schemas = new ConcurrentHashMap<>();

  TableSchemas(DynamoDbClient client) {
    this.client = client;
  }

  /** The client itself, for reads that are not counted. */
  DynamoDbClient client() {
    return client;
  }

  /** A table's key and its indexes. */
  record Schema(List<String> key, List<Index> indexes) {

    /** The key of an item. */
    Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
      Map<String, AttributeValue> own = new HashMap<>(item);
      own.keySet().retainAll(key);
      return own;
    }
  }

  Schema schema(String table) {
    return schemas.computeIfAbsent(
        table, name -> schema(client.describeTable(d -> d.tableName(name)).table()));
  }

  /** An item as it is now; empty if there is none. */
  Map<String, AttributeValue> item(String table, Map<String, AttributeValue> key) {
    return client.getItem(get -> get.tableName(table).key(key).consistentRead(true)).item();
  }

  private static Schema schema(TableDescription table) {
    List<String> key = names(table.keySchema());
    List<Index> indexes = new ArrayList<>();
    table
        .globalSecondaryIndexes()
        .forEach(index -> indexes.add(index(key, index.keySchema(), index.projection())));
    table
        .localSecondaryIndexes()
        .forEach(index -> indexes.add(index(key, index.keySchema(), index.projection())));
    return new Schema(key, indexes);
  }

  private static Index index(
      List<String> tableKey, List<KeySchemaElement> keySchema, Projection projection) {
    List<String> key = names(keySchema);
    return new Index(key, projected(tableKey, key, projection));
  }

  private static @Nullable Set<String> projected(
      List<String> tableKey, List<String> key, Projection projection) {
    if (projection.projectionType() == ProjectionType.ALL) {
      return null;
    }
    Set<String> projected = new HashSet<>(tableKey);
    projected.addAll(key);
    projected.addAll(projection.nonKeyAttributes());
    return projected;
  }

  private static List<String> names(List<KeySchemaElement> key) {
    return key.stream().map(KeySchemaElement::attributeName).toList();
  }
}
