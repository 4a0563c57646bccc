package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.views.DynamoInbox;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@Tag("slow")
final class InboxOnDynamoDbTest {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final String consumer = UUID.randomUUID().toString();
  private final Map<String, AttributeValue> counter =
      Map.of("stream", fromS("counter"), "view", fromS(consumer));

  private boolean apply(String source, String id) {
    return apply("{\"source\":\"%s\",\"id\":\"%s\"}".formatted(source, id), countOne("1"));
  }

  private boolean apply(String message, TransactWriteItem effect) {
    return new DynamoInbox(TABLES.client(), Tables.VIEWS, consumer).apply(message, List.of(effect));
  }

  private TransactWriteItem countOne(String one) {
    return TransactWriteItem.builder()
        .update(
            u ->
                u.tableName(Tables.VIEWS)
                    .key(counter)
                    .updateExpression("ADD #count :one")
                    .conditionExpression(":one = :right")
                    .expressionAttributeNames(Map.of("#count", "count"))
                    .expressionAttributeValues(Map.of(":one", fromN(one), ":right", fromN("1"))))
        .build();
  }

  private String count() {
    AttributeValue count =
        TABLES
            .client()
            .getItem(g -> g.tableName(Tables.VIEWS).key(counter).consistentRead(true))
            .item()
            .get("count");
    return count == null ? "0" : count.n();
  }

  @Test
  void event_takesEffectOnce() {
    assertThat(apply("/orders/a", "1/1")).isTrue();
    assertThat(apply("/orders/a", "1/1")).isFalse();
    assertThat(apply("/orders/a", "1/2")).isTrue();
    assertThat(apply("/orders/a", "10/1")).isTrue();
    assertThat(apply("/orders/a", "1/2")).isFalse();
    assertThat(apply("/orders/b", "1/1")).isTrue();

    assertThat(count()).isEqualTo("4");
  }

  /** It returns from a dead-letter queue, or its type was published only later. */
  @Test
  void event_takesEffectOnce_whenItArrivesAfterALaterOneOfItsSource() {
    assertThat(apply("/orders/a", "1/1")).isTrue();
    assertThat(apply("/orders/a", "4/1")).isTrue();

    assertThat(apply("/orders/a", "2/1")).isTrue();
    assertThat(apply("/orders/a", "3/2")).isTrue();
    assertThat(apply("/orders/a", "3/1")).isTrue();
    assertThat(apply("/orders/a", "2/1")).isFalse();
    assertThat(apply("/orders/a", "3/2")).isFalse();
    assertThat(apply("/orders/a", "4/1")).isFalse();
    assertThat(count()).isEqualTo("5");
  }

  @Test
  void everyConsumer_appliesAnEvent() {
    assertThat(apply("/orders/a", "1/1")).isTrue();
    String message = "{\"source\":\"/orders/a\",\"id\":\"1/1\"}";
    DynamoInbox other = new DynamoInbox(TABLES.client(), Tables.VIEWS, consumer + "#1");

    assertThat(other.apply(message, List.of())).isTrue();
    assertThat(other.apply(message, List.of())).isFalse();
  }

  @Test
  void event_staysUnprocessed_whenEffectFails() {
    String message = "{\"source\":\"/orders/a\",\"id\":\"1/1\"}";
    assertThatThrownBy(() -> apply(message, countOne("2")))
        .isInstanceOf(TransactionCanceledException.class);

    assertThat(apply("/orders/a", "1/1")).isTrue();
    assertThat(count()).isEqualTo("1");
  }

  @Test
  void messageThatIsNotAnEvent_isUnreadable() {
    for (String message : List.of("", "[]", "{}", "{\"source\":\"/a\",\"id\":\"1\"}")) {
      assertThatThrownBy(() -> apply(message, countOne("1")))
          .isInstanceOf(UnreadableException.class);
    }
    assertThat(count()).isEqualTo("0");
  }
}
