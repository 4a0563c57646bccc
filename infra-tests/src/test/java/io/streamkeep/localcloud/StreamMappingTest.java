package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mapping delivers a table's stream to its function as Lambda does. */
@Tag("slow")
class StreamMappingTest extends StreamMappingFixture {
  @Test
  void recordsHaveLambdasShape() throws Exception {
    deliver(1);
    await().until(() -> !probes.events("Fn").isEmpty());
    String json = probes.events("Fn").getFirst();
    DynamodbEvent event =
        LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, StreamMappingTest.class.getClassLoader())
            .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    DynamodbEvent.DynamodbStreamRecord record = event.getRecords().getFirst();
    assertThat(record.getEventName()).isEqualTo("INSERT");
    assertThat(record.getEventSource()).isEqualTo("aws:dynamodb");
    assertThat(record.getEventVersion()).isEqualTo("1.1");
    assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(record.getEventSourceARN())
        .startsWith("arn:aws:dynamodb:us-east-1:000000000000:table/streamkeep-Table/stream/");
    assertThat(record.getDynamodb().getKeys()).containsOnlyKeys("id");
    assertThat(record.getDynamodb().getNewImage().toString())
        .contains("{S: item0,}", "{N: 1.5,}", "{L: [{BOOL: true}],}");
    assertThat(record.getDynamodb().getStreamViewType()).isEqualTo("NEW_IMAGE");
    assertThat(record.getDynamodb().getApproximateCreationDateTime()).isInThePast();
    assertThat(record.getDynamodb().getSequenceNumber()).isNotBlank();
    assertThat(record.getDynamodb().getSizeBytes()).isPositive();
  }

  @Test
  void batchesHaveTheMappingsSize_andComeInOrder() throws Exception {
    deliver(5, "BatchSize: 2");
    awaitBatches(List.of(List.of("item0", "item1"), List.of("item2", "item3"), List.of("item4")));
  }

  @Test
  void batchIsRetriedFromItsLowestFailedRecord() throws Exception {
    probes.steps(
        preparedProbe(),
        """
        reply {"batchItemFailures":[{"itemIdentifier":"000000000000000000004"},\
        {"itemIdentifier":"000000000000000000002"}]}\
        """,
        reporting(2),
        "reply {}");
    deliver(4, PARTIAL, BISECT);
    List<String> rest = List.of("item1", "item2", "item3");
    awaitBatches(List.of(List.of("item0", "item1", "item2", "item3"), rest, rest));
  }

  @Test
  void answerIsIgnored_whenTheMappingDoesNotAskForFailures() throws Exception {
    probes.steps(preparedProbe(), reporting(1));
    deliver(2);
    awaitBatches(List.of(List.of("item0", "item1")));
  }

  /** It did not reach the function, so the batch is neither split nor out of retries. */
  @Test
  void throttledInvocationDoesNotCountAsAttempt() throws Exception {
    gate.throttle(3);
    deliver(2, BISECT, "MaximumRetryAttempts: 0");
    awaitBatches(List.of(List.of("item0", "item1")));
  }

  @Test
  void openShardsAreReadConcurrently() throws Exception {
    shards = 4;
    gate.open();
    probes.steps(preparedProbe(), "sleep 3000");
    deliver(0, "BatchSize: 1");
    List<String> items = items("item");
    items.forEach(this::put);
    // the function still sleeps in one environment, so another handles the next shard
    await().until(() -> probes.events("Fn").size() > 1);
    assertThat(cloud().function("Fn").environments()).hasSizeGreaterThan(1);
    await().untilAsserted(() -> assertThat(delivered()).containsExactlyInAnyOrderElementsOf(items));
  }

  @Test
  void bothHalvesOfASplitShardComeAfterIt() throws Exception {
    gate.open();
    probes.steps(preparedProbe(), "sleep 2000");
    deliver(0, "BatchSize: 1");
    List<String> before = items("old");
    List<String> after = items("new");
    before.forEach(this::put);
    await().until(() -> !delivered().isEmpty());
    cloud().splitShards();
    after.forEach(this::put);
    await().untilAsserted(() -> assertThat(delivered()).hasSize(before.size() + after.size()));
    assertThat(delivered()).startsWith(before.toArray(String[]::new)).containsAll(after);
    assertThat(gate.shards()).hasSize(3);
  }

  private static List<String> items(String name) {
    return IntStream.range(0, 8).mapToObj(i -> name + i).toList();
  }

  private List<String> delivered() {
    return probes.events("Fn").stream().flatMap(event -> ids(event).stream()).toList();
  }

  @Test
  void parentShardsComeBeforeTheirChildren() throws Exception {
    gate.open();
    // long enough to find the children, and to read them if nothing prevented that
    probes.steps(preparedProbe(), "sleep 2000");
    deliver(0, "BatchSize: 1");
    put("item0");
    put("item1");
    cloud().rollOverShards();
    put("item2");
    cloud().rollOverShards();
    put("item3");
    awaitBatches(List.of(List.of("item0"), List.of("item1"), List.of("item2"), List.of("item3")));
  }
}
