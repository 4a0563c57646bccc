package io.streamkeep.aws.dynamodb.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** The commits that a store puts into the index of samples. */
final class CommitSamplerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

  /** True for each written item that is in the sample. */
  private final List<Boolean> sampled = new ArrayList<>();

  private @Nullable RuntimeException failure;
  private final DynamoEventStore store = new DynamoEventStore(new Service(), "events");

  private final class Service implements DynamoDbClient {

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      if (failure != null) {
        throw failure;
      }
      sampled.add(request.item().containsKey("sample"));
      return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      request.transactItems().forEach(item -> sampled.add(item.put().item().containsKey("sample")));
      return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private void append(int seconds, String... keys) {
    NewCommit commit =
        new NewCommit(
            List.of(new RecordedEvent("thing.happened", 1, "{}")),
            NOW.plusSeconds(seconds),
            new CommandId("c"),
            new Fingerprint("f"),
            Metadata.NONE);
    List<StreamAppend> writes =
        Stream.of(keys)
            .map(key -> new StreamAppend(DynamoHead.start(new StreamId("thing", key)), commit))
            .toList();
    store.append(writes, List.of());
  }

  @Test
  void oneCommitInTenSecondsIsSampled() {
    append(0, "a");
    append(1, "b");
    append(9, "c");
    append(10, "d");
    append(19, "e");
    append(3600, "f");

    assertThat(sampled).containsExactly(true, false, false, true, false, true);
  }

  @Test
  void oneCommitOfSeveralStreamsIsSampled() {
    append(0, "a", "b", "c");

    assertThat(sampled).containsExactly(true, false, false);
  }

  @Test
  void commitIsSampled_whenTheSampledOneBeforeWasNotStored() {
    failure = new ThrottledException(null);
    assertThatThrownBy(() -> append(0, "a")).isSameAs(failure);
    failure = null;
    append(1, "b");

    assertThat(sampled).containsExactly(true);
  }

  @Test
  void samplingContinues_whenTheClockIsSetBack() {
    append(3600, "a");
    append(0, "b");

    assertThat(sampled).containsExactly(true, true);
  }
}
