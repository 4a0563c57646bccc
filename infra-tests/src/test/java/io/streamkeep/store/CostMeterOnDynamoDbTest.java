package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.bench.Tables;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The meter against the rules and examples of DynamoDB's documentation. Items are those of the
 * views table, whose single index holds the items with {@code list} and {@code sortKey}.
 */
@Tag("slow")
final class CostMeterOnDynamoDbTest {

  private static final int KB = 1024;

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final DynamoDbClient other = TABLES.client();
  private final CostMeter meter = new CostMeter(other);
  private final DynamoDbClient client = TABLES.newClient(meter);

  private final String stream = "order#" + UUID.randomUUID();

  private Map<String, AttributeValue> key(String view) {
    return Map.of("stream", fromS(stream), "view", fromS(view));
  }

  /** An item of exactly this many bytes. */
  private Map<String, AttributeValue> item(String view, int bytes) {
    Map<String, AttributeValue> item = new HashMap<>(key(view));
    int keys = "stream".length() + stream.length() + "view".length() + view.length();
    item.put("data", fromS("x".repeat(bytes - keys - "data".length())));
    return item;
  }

  private void stored(String view, int bytes) {
    other.putItem(put -> put.tableName(Tables.VIEWS).item(item(view, bytes)));
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(Tables.VIEWS).item(item));
  }

  private static Cost written(long units, long bytes) {
    return new Cost(1, units, 0, bytes, 0);
  }

  private static Cost read(double units, long bytes) {
    return new Cost(1, 0, units, 0, bytes);
  }

  @Test
  void put_costsOneUnitPerStartedKilobyte() {
    put(item("a", KB));
    assertThat(meter.cost()).isEqualTo(written(1, KB));

    put(item("b", KB + 1));
    assertThat(meter.cost()).isEqualTo(written(1, KB).plus(written(2, KB + 1)));
  }

  @Test
  void put_costsLargerItem_whenReplacing() {
    stored("a", 5 * KB);

    put(item("a", 2 * KB));
    assertThat(meter.cost()).isEqualTo(written(5, 2 * KB));
  }

  @Test
  void delete_costsOldItem() {
    stored("a", 3 * KB);

    client.deleteItem(delete -> delete.tableName(Tables.VIEWS).key(key("a")));
    assertThat(meter.cost()).isEqualTo(written(3, 0));
    client.deleteItem(delete -> delete.tableName(Tables.VIEWS).key(key("a")));
    assertThat(meter.cost()).isEqualTo(written(3, 0).plus(written(1, 0)));
  }

  @Test
  void update_costsLargerOfOldAndNewItem() {
    stored("a", 3 * KB);

    update("data", "");
    assertThat(meter.cost().writeUnits()).isEqualTo(3);
    update("data", "x".repeat(4 * KB));
    assertThat(meter.cost().writeUnits()).isEqualTo(3 + 5);
    update("more", "");
    assertThat(meter.cost().writeUnits()).as("the whole item").isEqualTo(3 + 5 + 5);
    assertThat(meter.cost().requests()).isEqualTo(3);
  }

  private void update(String name, String value) {
    client.updateItem(
        update ->
            update
                .tableName(Tables.VIEWS)
                .key(key("a"))
                .updateExpression("SET #n = :v")
                .expressionAttributeNames(Map.of("#n", name))
                .expressionAttributeValues(Map.of(":v", fromS(value))));
  }

  @Test
  void failedCondition_costsLargerOfStoredAndNewItem() {
    stored("a", 300 * KB);

    assertThatThrownBy(() -> putNew(item("a", 310 * KB)))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(meter.cost()).isEqualTo(written(310, 0));
    assertThatThrownBy(() -> putNew(item("a", 100)))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(meter.cost().writeUnits()).isEqualTo(310 + 300);
  }

  private void putNew(Map<String, AttributeValue> item) {
    client.putItem(
        put ->
            put.tableName(Tables.VIEWS)
                .item(item)
                .conditionExpression("attribute_not_exists(#s)")
                .expressionAttributeNames(Map.of("#s", "stream")));
  }

  @Test
  void index_costsAnotherWrite() {
    Map<String, AttributeValue> listed = new HashMap<>(item("a", KB + 1));
    listed.put("list", fromS("g"));
    listed.put("sortKey", fromS("1"));
    put(listed);
    assertThat(meter.cost().writeUnits()).as("added to the index").isEqualTo(2 + 2);

    listed.put("sortKey", fromS("2"));
    put(listed);
    assertThat(meter.cost().writeUnits()).as("moved in the index").isEqualTo(4 + 2 + 4);

    listed.remove("sortKey");
    put(listed);
    assertThat(meter.cost().writeUnits()).as("removed from the index").isEqualTo(10 + 2 + 2);
  }

  @Test
  void transaction_costsTwiceItsItems() {
    stored("checked", 2 * KB);
    stored("replaced", 3 * KB);

    client.transactWriteItems(
        t ->
            t.transactItems(
                putInTransaction(item("new", KB)),
                putInTransaction(item("replaced", KB)),
                check("checked", "attribute_exists(#s)")));

    assertThat(meter.cost()).isEqualTo(written(2 * (1 + 3 + 2), 2 * KB));
  }

  @Test
  void cancelledTransaction_costsTheSame_andStoresNothing() {
    stored("checked", 2 * KB);

    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    t ->
                        t.transactItems(
                            putInTransaction(item("new", KB)),
                            check("checked", "attribute_not_exists(#s)"))))
        .isInstanceOf(TransactionCanceledException.class);

    assertThat(meter.cost()).isEqualTo(written(2 * (1 + 2), 0));
  }

  private static TransactWriteItem putInTransaction(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(p -> p.tableName(Tables.VIEWS).item(item)).build();
  }

  private TransactWriteItem check(String view, String condition) {
    return TransactWriteItem.builder()
        .conditionCheck(
            c ->
                c.tableName(Tables.VIEWS)
                    .key(key(view))
                    .conditionExpression(condition)
                    .expressionAttributeNames(Map.of("#s", "stream")))
        .build();
  }

  @Test
  void batchWrite_costsSumOfItems() {
    stored("old", 3 * KB);
    WriteRequest put = WriteRequest.builder().putRequest(p -> p.item(item("new", 100))).build();
    WriteRequest delete = WriteRequest.builder().deleteRequest(d -> d.key(key("old"))).build();

    client.batchWriteItem(b -> b.requestItems(Map.of(Tables.VIEWS, List.of(put, delete))));

    assertThat(meter.cost()).isEqualTo(written(1 + 3, 100));
  }

  @Test
  void consistentRead_costsOneUnitPerStartedFourKilobytes() {
    stored("a", 4 * KB);
    stored("b", 4 * KB + 1);

    get("a", true);
    assertThat(meter.cost()).isEqualTo(read(1, 4 * KB));
    get("b", true);
    assertThat(meter.cost().readUnits()).isEqualTo(1 + 2);
    get("none", true);
    assertThat(meter.cost().readUnits()).as("found or not").isEqualTo(3 + 1);
  }

  @Test
  void eventuallyConsistentRead_costsHalf() {
    stored("b", 4 * KB + 1);

    get("b", false);
    get("none", false);

    assertThat(meter.cost().readUnits()).isEqualTo(1 + 0.5);
  }

  private void get(String view, boolean consistent) {
    client.getItem(get -> get.tableName(Tables.VIEWS).key(key(view)).consistentRead(consistent));
  }

  @Test
  void projection_doesNotReduceCost() {
    stored("a", 5 * KB);

    client.getItem(
        get ->
            get.tableName(Tables.VIEWS)
                .key(key("a"))
                .consistentRead(true)
                .projectionExpression("#v")
                .expressionAttributeNames(Map.of("#v", "view")));

    assertThat(meter.cost()).isEqualTo(read(2, 5 * KB));
  }

  /** The documentation's example of a batch: 1.5 KB and 6.5 KB count as 4 KB and 8 KB. */
  @Test
  void batchGet_isRoundedPerItem() {
    stored("a", KB * 3 / 2);
    stored("b", KB * 13 / 2);

    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(List.of(key("a"), key("b"), key("none")))
            .consistentRead(true)
            .build();
    client.batchGetItem(b -> b.requestItems(Map.of(Tables.VIEWS, keys)));

    assertThat(meter.cost()).isEqualTo(read(1 + 2 + 1, 8 * KB));
  }

  @Test
  void transactionalRead_costsTwice() {
    stored("a", KB);
    TransactGetItem get =
        TransactGetItem.builder().get(g -> g.tableName(Tables.VIEWS).key(key("a"))).build();

    client.transactGetItems(t -> t.transactItems(get));

    assertThat(meter.cost()).isEqualTo(read(2, KB));
  }

  @Test
  void queryPage_isRoundedOnce() {
    for (int i = 0; i < 5; i++) {
      stored("v" + i, KB);
    }

    client.query(this::all);
    assertThat(meter.cost()).isEqualTo(read(2, 5 * KB));
    client.query(query -> all(query).limit(4));
    assertThat(meter.cost().readUnits()).isEqualTo(2 + 1);
    client.query(query -> all(query).consistentRead(false));
    assertThat(meter.cost().readUnits()).isEqualTo(3 + 1);
  }

  @Test
  void emptyPage_costsMinimum() {
    client.query(this::all);
    client.query(query -> all(query).consistentRead(false));

    assertThat(meter.cost()).isEqualTo(read(1, 0).plus(read(0.5, 0)));
  }

  @Test
  void filterProjectionAndCount_doNotReduceCost() {
    for (int i = 0; i < 5; i++) {
      stored("v" + i, KB);
    }

    assertThat(costOf(query -> filtered(all(query)))).isEqualTo(read(2, 5 * KB));
    assertThat(costOf(query -> all(query).projectionExpression("#s"))).isEqualTo(read(2, 5 * KB));
    assertThat(costOf(query -> all(query).select("COUNT"))).isEqualTo(read(2, 5 * KB));
  }

  private Cost costOf(Consumer<QueryRequest.Builder> query) {
    Cost before = meter.cost();
    client.query(query);
    return meter.cost().minus(before);
  }

  @Test
  void scan_costsTheSameAsQuery() {
    stored("a", KB);
    long all =
        other.scan(s -> s.tableName(Tables.VIEWS)).items().stream().mapToLong(ItemSize::of).sum();

    client.scan(
        s ->
            s.tableName(Tables.VIEWS)
                .filterExpression("#d = :d")
                .expressionAttributeNames(Map.of("#d", "data"))
                .expressionAttributeValues(Map.of(":d", fromS("none"))));

    assertThat(meter.cost().bytesRead()).isEqualTo(all);
    assertThat(meter.cost().readUnits()).isEqualTo(Math.ceilDiv(all, 4 * KB) / 2.0);
  }

  private QueryRequest.Builder all(QueryRequest.Builder query) {
    return query
        .tableName(Tables.VIEWS)
        .consistentRead(true)
        .keyConditionExpression("#s = :s")
        .expressionAttributeNames(Map.of("#s", "stream"))
        .expressionAttributeValues(Map.of(":s", fromS(stream)));
  }

  private QueryRequest.Builder filtered(QueryRequest.Builder query) {
    return query
        .filterExpression("#d = :d")
        .expressionAttributeNames(Map.of("#s", "stream", "#d", "data"))
        .expressionAttributeValues(Map.of(":s", fromS(stream), ":d", fromS("none")));
  }
}
