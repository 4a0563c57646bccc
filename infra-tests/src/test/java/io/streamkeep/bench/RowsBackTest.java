package io.streamkeep.bench;

import io.streamkeep.bench.Arrivals.Part;
import io.streamkeep.kernel.store.StreamId;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** A row that is behind, missing or not what its commits come to is found. */
@Tag("slow")
final class RowsBackTest {

  private static final DeliveryWorkload WORKLOAD = DeliveryWorkload.GOING_ON;
  private static final String CATEGORY = "shelf";
  private static final int STREAMS = 3;

  private @Nullable Tables opened;
  private @Nullable StreamId stream;

  @BeforeEach
  void deliver() throws Exception {
    opened = Tables.of(Path.of("..", "template.yaml"));
    Part part = new Arrivals(tables().plain(), WORKLOAD, CATEGORY, STREAMS).next(2);
    LocalFunction function = new LocalFunction(WORKLOAD.subscribers(tables().plain(), CATEGORY));
    for (Batch batch : part.untimed()) {
      function.invoke(batch);
    }
    for (Batch batch : part.timed()) {
      function.invoke(batch);
    }
    stream = part.timed().getFirst().commits().getFirst().stream();
  }

  @AfterEach
  void close() {
    tables().close();
  }

  private Tables tables() {
    return requireNonNull(opened);
  }

  private RowsBack rows() {
    return RowsBack.of(tables().plain(), Map.of(CATEGORY, WORKLOAD.kept(CATEGORY)));
  }

  private Map<String, AttributeValue> key() {
    return Map.of(
        "stream", fromS(requireNonNull(stream).toString()),
        "view", fromS(WORKLOAD.kept(CATEGORY).getFirst().name()));
  }

  private void set(String attribute, AttributeValue value) {
    Map<String, AttributeValue> row =
        tables().plain().getItem(get -> get.tableName(Tables.VIEWS).key(key())).item();
    tables().plain().putItem(with(row, attribute, value));
  }

  /** Puts a row of which one attribute is another. */
  static PutItemRequest with(
      Map<String, AttributeValue> row, String attribute, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(row);
    changed.put(attribute, value);
    return PutItemRequest.builder().tableName(Tables.VIEWS).item(changed).build();
  }

  @Test
  void whatWasDeliveredIsRight() {
    assertThat(rows()).isEqualTo(new RowsBack(STREAMS, 0, 0)).matches(RowsBack::right);
  }

  @Test
  void aRowThatIsBehindIsLost() {
    set("commit", fromN("2"));

    assertThat(rows()).isEqualTo(new RowsBack(STREAMS, 1, 0)).matches(found -> !found.right());
  }

  @Test
  void aRowThatIsNotThereIsLost() {
    tables().plain().deleteItem(delete -> delete.tableName(Tables.VIEWS).key(key()));

    assertThat(rows()).isEqualTo(new RowsBack(STREAMS, 1, 0)).matches(found -> !found.right());
  }

  @Test
  void aRowThatSaysSomethingElseIsWrong() {
    set("data", fromS("{}"));

    assertThat(rows()).isEqualTo(new RowsBack(STREAMS, 0, 1)).matches(found -> !found.right());
  }

  @Test
  void aRowThatCanNotBeReadIsWrong() {
    set("commit", fromS("three"));

    assertThat(rows()).isEqualTo(new RowsBack(STREAMS, 0, 1)).matches(found -> !found.right());
  }

  @Test
  void onlyTheSubscribersNamedAreLookedAt() {
    List<Kept> another = List.of(new Kept("nobody", null));

    assertThat(RowsBack.of(tables().plain(), Map.of(CATEGORY, another)))
        .isEqualTo(new RowsBack(STREAMS, STREAMS, 0));
    assertThat(RowsBack.of(tables().plain(), Map.of("elsewhere", another)))
        .isEqualTo(new RowsBack(0, 0, 0));
  }
}
