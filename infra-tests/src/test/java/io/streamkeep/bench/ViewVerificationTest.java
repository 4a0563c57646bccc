package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.bench.DeliveryWorkload.Growth;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.store.SharedTables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
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
    workload = DeliveryWorkload.bench("", category, Growth.SAME_STREAMS, 1);
    List<List<Commit>> batches = new CommitFeeder(client, workload, STREAMS).next(3);
    ToIntFunction<List<Commit>> delivery = workload.delivery(client);
    assertThat(batches).allMatch(batch -> delivery.applyAsInt(batch) == 1);
    stream = batches.getFirst().getFirst().stream();
  }

  private ViewVerification verify() {
    return verify(workload.expected());
  }

  private ViewVerification verify(List<Expected> expected) {
    return ViewVerification.of(client, expected);
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
    assertThat(verify(List.of(new Expected(stream.category(), "nobody", null))))
        .isEqualTo(new ViewVerification(STREAMS, STREAMS, 0));
    assertThat(verify(List.of(new Expected("elsewhere", "nobody", null))))
        .isEqualTo(new ViewVerification(0, 0, 0));
  }
}
