package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.StreamId;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Appends a workload's commits to the events table, which nobody times, batch after batch. */
final class Arrivals {

  /** The template's batch size, and the most that one append and one read take. */
  static final int BATCH = 100;

  private final DynamoDbClient client;
  private final DynamoEventStore events;
  private final DeliveryWorkload workload;
  private final String category;
  private final int newStreams;
  private final int repeats;
  private final List<Open> open = new ArrayList<>();
  private int opened;

  /**
   * Prepares.
   *
   * @param batch how many commits one has, or a few less
   */
  Arrivals(DynamoDbClient client, DeliveryWorkload workload, String category, int batch) {
    this.client = client;
    this.events = new DynamoEventStore(client, Tables.EVENTS);
    this.workload = workload;
    this.category = category;
    this.newStreams = workload.shape.oneStream ? 1 : Math.max(1, batch / workload.shape.ages);
    this.repeats = workload.shape.oneStream ? batch : 1;
  }

  /** A stream that is appended to. */
  private record Open(int seed, Head head, long commit) {}

  /**
   * Some batches.
   *
   * @param untimed to be delivered before the others
   */
  record Part(List<Batch> untimed, List<Batch> timed) {}

  Part next(int batches) {
    List<Batch> untimed = new ArrayList<>();
    List<Batch> timed = new ArrayList<>();
    while (timed.size() < batches) {
      List<Commit> commits = append();
      long oldest = commits.stream().mapToLong(Commit::number).max().orElseThrow();
      (oldest <= workload.shape.untimed ? untimed : timed).add(Batch.of(items(commits)));
    }
    return new Part(untimed, timed);
  }

  /** The commits of the next batch, in the order of the stream. */
  List<Commit> append() {
    open.removeIf(stream -> stream.commit == workload.shape.lasts);
    if (open.size() < newStreams * workload.shape.ages) {
      for (int i = 0; i < newStreams; i++) {
        StreamId stream = new StreamId(category, UUID.randomUUID().toString());
        open.add(new Open(opened++, events.load(stream).head(), 0));
      }
    }
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      appendToEach().forEach(stored -> commits.add(stored.commit()));
    }
    return commits;
  }

  private List<AppendedCommit> appendToEach() {
    List<StreamAppend> writes =
        open.stream().map(stream -> new StreamAppend(stream.head, proposal(stream))).toList();
    AppendResult result = events.append(writes, List.of());
    if (!(result instanceof Appended(List<AppendedCommit> parts))) {
      throw new IllegalStateException("Nobody else appends, and yet: " + result);
    }
    for (int i = 0; i < parts.size(); i++) {
      AppendedCommit stored = parts.get(i);
      open.set(i, new Open(open.get(i).seed, stored.head(), stored.commit().number()));
    }
    return parts;
  }

  private NewCommit proposal(Open stream) {
    long number = stream.commit + 1;
    CommandId id = Commander.id(stream.head.stream(), Math.toIntExact(number));
    return new NewCommit(
        List.of(workload.event(stream.seed, number)),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        id,
        Commander.fingerprint(id),
        SignedRequest.metadata(id.value()));
  }

  private List<Map<String, AttributeValue>> items(List<Commit> commits) {
    List<Map<String, AttributeValue>> keys = commits.stream().map(Arrivals::key).toList();
    Map<CommitId, Map<String, AttributeValue>> found = new HashMap<>();
    client
        .batchGetItem(
            get ->
                get.requestItems(
                    Map.of(
                        Tables.EVENTS,
                        KeysAndAttributes.builder().keys(keys).consistentRead(true).build())))
        .responses()
        .getOrDefault(Tables.EVENTS, List.of())
        .forEach(
            item ->
                found.put(new CommitId(CommitItem.stream(item), CommitItem.number(item)), item));
    return commits.stream()
        .map(commit -> new CommitId(commit.stream(), commit.number()))
        .map(id -> Objects.requireNonNull(found.get(id), id::toString))
        .toList();
  }

  private static Map<String, AttributeValue> key(Commit commit) {
    return Map.of(
        "stream",
        fromS(commit.stream().toString()),
        "commit",
        fromN(Long.toString(commit.number())));
  }
}
