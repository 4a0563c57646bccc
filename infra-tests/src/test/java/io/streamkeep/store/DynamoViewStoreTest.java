package io.streamkeep.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.projection.RowTooLargeException;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewReader.Listed;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.testkit.contract.ViewStoreContract;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Tag("slow")
final class DynamoViewStoreTest extends ViewStoreContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final CostMeter meter = new CostMeter(TABLES.client());
  private final DynamoViewStore rows = new DynamoViewStore(TABLES.newClient(meter), Tables.VIEWS);

  @Override
  protected ViewStore store() {
    return rows;
  }

  @Test
  void rarelyChangingPart_isWrittenOnlyWhenItChanges() {
    StoredRow one = put(row(1), 1);
    Cost before = meter.cost();

    StoredRow two = rows.put(VIEW, stream, one, row(2), 2, List.of()).orElseThrow();
    Cost update = meter.cost().minus(before);
    assertThat(update.requests()).isEqualTo(1);
    assertThat(update.writeUnits()).isEqualTo(1);

    assertThat(rows.put(VIEW, stream, two, row(4), 4, List.of())).isPresent();
    Cost change = meter.cost().minus(before).minus(update);
    assertThat(change.requests()).isEqualTo(3);
    assertThat(change.writeUnits()).isEqualTo(3);
    assertThat(views()).containsExactly("contract", "contract#4");
  }

  @Test
  void smallRow_isOneItem() {
    put(row(1), 1);
    put(small(2), 2);

    assertThat(views()).containsExactly("contract");
  }

  /** A crash or a losing writer leaves such parts. */
  @Test
  void orphanedParts_areDeleted_withNextChange() {
    Map<String, AttributeValue> part = item("contract#3");
    part.put("data", fromS("{\"large\":\"orphan\"}"));
    TABLES.client().putItem(put -> put.tableName(Tables.VIEWS).item(part));

    assertThat(found().data()).isNull();
    put(row(1), 1);
    put(row(2), 2);
    assertThat(views()).containsExactly("contract", "contract#1", "contract#3");
    put(row(4), 4);
    assertThat(views()).containsExactly("contract", "contract#4");
  }

  /** Applies to broken and repaired rows alike. */
  @Test
  void rowChangedByHand_isReadBeforeOverwrite() {
    for (Row row : List.of(small(1), row(1))) {
      StoredRow last = put(row, found().commit() + 1);
      Map<String, AttributeValue> changed = new HashMap<>(item());
      changed.computeIfPresent("data", (name, data) -> fromS("{}"));
      changed.computeIfPresent("main", (name, main) -> fromS("{}"));
      TABLES.client().putItem(put -> put.tableName(Tables.VIEWS).item(changed));

      assertThat(rows.put(VIEW, stream, last, row(3), last.commit() + 1, List.of())).isEmpty();
      assertThat(item()).isEqualTo(changed);
    }
  }

  private Map<String, AttributeValue> item() {
    return TABLES
        .client()
        .getItem(get -> get.tableName(Tables.VIEWS).key(item("contract")).consistentRead(true))
        .item();
  }

  @Test
  void listedRow_isOneItem() {
    Row listed = new Row(row(1).data(), new ListKey("whole", "1"), Set.of("large"));

    put(listed, 1);

    assertThat(found().data()).isEqualTo(listed.data());
    assertThat(
            new DynamoViewReader(TABLES.client(), Tables.VIEWS)
                .list("whole", data -> data, null, 10)
                .items())
        .extracting(Listed::value)
        .containsExactly(listed.data());
    assertThat(views()).containsExactly("contract");
  }

  @Test
  void oversizedRow_isRejected_andPreviousRowStays() {
    put(row(1), 1);

    assertThatThrownBy(() -> put(large(384 * 1024), 2))
        .isInstanceOf(RowTooLargeException.class)
        .hasMessageEndingWith("exceeds the limit of 393216");

    assertThat(found().data()).isEqualTo(row(1).data());
    assertThat(views()).containsExactly("contract", "contract#1");
  }

  /** Otherwise the batch would fail after all. */
  @Test
  void largestRow_canBeParked() {
    put(large(384 * 1024 - 200), 1);
    Metadata metadata =
        new Metadata(
            new Actor("\"".repeat(1024)),
            new CorrelationId("c".repeat(128)),
            new CausationId("r".repeat(256)),
            new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "a=" + "\"".repeat(256) + ",b=" + "\"".repeat(250)),
            new TenantId("t".repeat(64)));

    rows.park(new ParkedPosition(VIEW, stream, 2, metadata), "\u20ac".repeat(1000), Instant.EPOCH);

    assertThat(found().parked()).isTrue();
  }

  private static Row large(int bytes) {
    return new Row("{\"text\":\"" + "x".repeat(bytes) + "\"}", null, Set.of());
  }

  @Test
  void itemWithoutCommit_isUnreadable() {
    TABLES.client().putItem(put -> put.tableName(Tables.VIEWS).item(item("contract")));

    assertThatThrownBy(() -> found().data())
        .isInstanceOf(UnreadableException.class)
        .hasMessage("A row without commit");
  }

  @Test
  void rowWithMissingPart_isUnreadable() {
    put(row(1), 1);
    TABLES.client().deleteItem(delete -> delete.tableName(Tables.VIEWS).key(item("contract#1")));

    assertThatThrownBy(() -> found().data())
        .isInstanceOf(UnreadableException.class)
        .hasMessage("A row without its detail item");
  }

  private Map<String, AttributeValue> item(String view) {
    return new HashMap<>(Map.of("stream", fromS(stream.toString()), "view", fromS(view)));
  }

  /** The sort keys of the stream's items. */
  private List<String> views() {
    return TABLES
        .client()
        .query(
            query ->
                query
                    .tableName(Tables.VIEWS)
                    .keyConditionExpression("#stream = :stream")
                    .expressionAttributeNames(Map.of("#stream", "stream"))
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .items()
        .stream()
        .map(item -> requireNonNull(item.get("view")).s())
        .toList();
  }
}
