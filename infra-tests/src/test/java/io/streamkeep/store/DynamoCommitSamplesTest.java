package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.events.DynamoCommitSamples;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.CommitSamplesContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Tag("slow")
final class DynamoCommitSamplesTest extends CommitSamplesContract {

  private final Tables tables;
  private final EventStore store;

  DynamoCommitSamplesTest() throws IOException {
    tables = Tables.of(Path.of("..", "template.yaml"));
    store = new DynamoEventStore(tables.plain(), Tables.EVENTS);
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Override
  protected EventStore store() {
    return store;
  }

  @Override
  protected CommitSamples samples() {
    return new DynamoCommitSamples(tables.plain(), Tables.EVENTS);
  }

  private void put(Map<String, AttributeValue> item) {
    tables.plain().putItem(put -> put.tableName(Tables.EVENTS).item(item));
  }

  @Test
  void itemsWrittenByHandAreSkipped() {
    AttributeValue time = fromS("2026-03-01T10:15:30Z");
    put(
        Map.of(
            "stream",
            fromS("foreign"),
            "commit",
            fromN("1.5"),
            "sample",
            fromS("commits"),
            "time",
            time));
    put(Map.of("stream", fromS("order#1"), "commit", fromN("1")));
    put(Map.of("stream", fromS("order#1"), "commit", fromN("2"), "time", fromS("text")));
    put(Map.of("stream", fromS("order#1"), "commit", fromN("3"), "time", time));
    StreamId order = new StreamId("order", "1");

    assertThat(samples().streams(Instant.parse("2027-01-01T00:00:00Z"), 10)).isEmpty();
    assertThat(
            samples()
                .times(
                    List.of(
                        new CommitId(order, 1), new CommitId(order, 2), new CommitId(order, 3))))
        .containsOnlyKeys(new CommitId(order, 3));
  }
}
