package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.store.SharedTables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Verification finds rows that are behind, missing or different from a fold of their stream. */
@Tag("slow")
final class ViewVerificationTest {

  private static final int STREAMS = 3;

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final DynamoDbClient client = TABLES.tables().plain();
  private final DeliveryWorkload workload;
  private final StreamId stream;

  /** Delivers three commits of each stream of a category that only this test uses. */
  ViewVerificationTest(TestInfo test) {
    String category = test.getDisplayName().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    workload = DeliveryWorkload.bench("", category, SampleAggregate.ENDLESS, 1);
    List<List<Commit>> batches = new CommitFeeder(client, workload, STREAMS).next(3);
    batches.forEach(workload.delivery(client));
    stream = batches.getFirst().getFirst().stream();
  }

  private ViewVerification verify() {
    return verify(stream.category(), workload.expected());
  }

  private ViewVerification verify(String category, List<Expected> expected) {
    return ViewVerification.of(
        client, new EventTable(client, Tables.EVENTS).commits(), Map.of(category, expected));
  }

  private Map<String, AttributeValue> key() {
    return Map.of(
        "stream", fromS(stream.toString()),
        "view", fromS(workload.expected().getFirst().subscriber()));
  }

  private void set(String attribute, AttributeValue value) {
    client.putItem(
        with(
            client.getItem(get -> get.tableName(Tables.VIEWS).key(key())).item(),
            attribute,
            value));
  }

  /** A request to put a row of which one attribute differs. */
  static PutItemRequest with(
      Map<String, AttributeValue> row, String attribute, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(row);
    changed.put(attribute, value);
    return PutItemRequest.builder().tableName(Tables.VIEWS).item(changed).build();
  }

  @Test
  void passesAfterDelivery() {
    assertThat(verify())
        .isEqualTo(new ViewVerification(STREAMS, 0, 0))
        .matches(ViewVerification::passed);
  }

  @Test
  void rowBehindItsStreamIsLost() {
    set("commit", fromN("2"));

    assertThat(verify())
        .isEqualTo(new ViewVerification(STREAMS, 1, 0))
        .matches(found -> !found.passed());
  }

  @Test
  void missingRowIsLost() {
    client.deleteItem(delete -> delete.tableName(Tables.VIEWS).key(key()));

    assertThat(verify())
        .isEqualTo(new ViewVerification(STREAMS, 1, 0))
        .matches(found -> !found.passed());
  }

  @Test
  void rowWithOtherDataIsWrong() {
    set("data", fromS("{}"));

    assertThat(verify())
        .isEqualTo(new ViewVerification(STREAMS, 0, 1))
        .matches(found -> !found.passed());
  }

  @Test
  void unreadableRowIsWrong() {
    set("commit", fromS("three"));

    assertThat(verify())
        .isEqualTo(new ViewVerification(STREAMS, 0, 1))
        .matches(found -> !found.passed());
  }

  @Test
  void onlyExpectedSubscribersAreRead() {
    List<Expected> another = List.of(new Expected("nobody", null));

    assertThat(verify(stream.category(), another))
        .isEqualTo(new ViewVerification(STREAMS, STREAMS, 0));
    assertThat(verify("elsewhere", another)).isEqualTo(new ViewVerification(0, 0, 0));
  }
}
