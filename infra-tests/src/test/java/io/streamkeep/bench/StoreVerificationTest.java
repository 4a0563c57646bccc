package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.store.SharedTables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Verification finds lost and duplicated commands and gaps in the event table. */
@Tag("slow")
final class StoreVerificationTest {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final DynamoDbClient client = TABLES.tables().plain();
  private final StreamId stream;

  /** Each test has a category of its own, so that they can share the tables. */
  StoreVerificationTest(TestInfo test) {
    this.stream =
        new StreamId(test.getDisplayName().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""), "1");
  }

  @BeforeEach
  void write() {
    CommandClient<List<String>, String, Long> commands =
        new CommandClient<>(
            client, CommandClient.WARM, BenchAggregate.module(stream.category(), 0));
    for (int i = 1; i <= 5; i++) {
      commands.handle(
          stream, CommandClient.id(stream, i), BenchAggregate.command(i, 1, 120), incident -> {});
    }
  }

  private StoreVerification verify() {
    Set<CommandId> sent =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> CommandClient.id(stream, i))
            .collect(Collectors.toSet());
    return StoreVerification.of(client, stream.category(), sent);
  }

  private Map<String, AttributeValue> key(int commit) {
    return Map.of("stream", fromS(stream.toString()), "commit", fromN(Integer.toString(commit)));
  }

  @Test
  void passesIfEachCommandHasOneCommit() {
    assertThat(verify())
        .isEqualTo(new StoreVerification(5, 0, 0, 0))
        .matches(StoreVerification::passed);
  }

  @Test
  void commandWithoutCommitIsLostAndLeavesAGap() {
    client.deleteItem(delete -> delete.tableName(Tables.EVENTS).key(key(3)));

    assertThat(verify())
        .isEqualTo(new StoreVerification(5, 1, 0, 1))
        .matches(found -> !found.passed());
  }

  @Test
  void commandWithTwoCommitsIsDuplicated() {
    Map<String, AttributeValue> item =
        new HashMap<>(client.getItem(get -> get.tableName(Tables.EVENTS).key(key(5))).item());
    item.put("commit", fromN("6"));
    client.putItem(put -> put.tableName(Tables.EVENTS).item(item));

    assertThat(verify())
        .isEqualTo(new StoreVerification(5, 0, 1, 0))
        .matches(found -> !found.passed());
  }
}
