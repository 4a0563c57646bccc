package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Appends a workload's commits, unmeasured, and hands them over in batches. */
final class CommitFeeder {

  /** The template's batch size, and the limit of one append. */
  static final int BATCH = 100;

  private final DynamoEventStore events;
  private final SampleAggregate aggregate;
  private final int ages;
  private final int opened;
  private final int repeats;
  private final List<Open> open = new ArrayList<>();
  private int streams;

  /**
   * A feeder without streams.
   *
   * @param batch the number of commits of a batch, which may have slightly fewer
   */
  CommitFeeder(DynamoDbClient client, DeliveryWorkload workload, int batch) {
    this.events = new DynamoEventStore(client, Tables.EVENTS);
    this.aggregate = workload.aggregate();
    this.ages = aggregate.commits() == SampleAggregate.ENDLESS ? 1 : aggregate.commits();
    this.opened = workload.oneStream() ? 1 : Math.max(1, batch / ages);
    this.repeats = workload.oneStream() ? batch : 1;
  }

  /** A stream that gets further commits. */
  private record Open(int seed, Head head, int commits) {}

  /** The batches until there are streams of all ages; not to be measured. */
  List<List<Commit>> warmUp() {
    return next(ages);
  }

  List<List<Commit>> next(int batches) {
    return IntStream.range(0, batches).mapToObj(i -> append()).toList();
  }

  private List<Commit> append() {
    open.removeIf(stream -> stream.commits == aggregate.commits());
    if (open.size() < opened * ages) {
      for (int i = 0; i < opened; i++) {
        StreamId stream = new StreamId(aggregate.category(), UUID.randomUUID().toString());
        open.add(new Open(streams++, events.load(stream).head(), 0));
      }
    }
    return IntStream.range(0, repeats).boxed().flatMap(i -> appendToAll().stream()).toList();
  }

  private List<Commit> appendToAll() {
    List<StreamAppend> writes =
        open.stream().map(stream -> new StreamAppend(stream.head, newCommit(stream))).toList();
    List<AppendedCommit> parts = ((Appended) events.append(writes, List.of())).commits();
    for (int i = 0; i < parts.size(); i++) {
      Open stream = open.get(i);
      open.set(i, new Open(stream.seed, parts.get(i).head(), stream.commits + 1));
    }
    return parts.stream().map(AppendedCommit::commit).toList();
  }

  private NewCommit newCommit(Open stream) {
    int number = stream.commits + 1;
    CommandId id = CommandClient.id(stream.head.stream(), number);
    return new NewCommit(
        List.of(aggregate.events().event(stream.seed, number)),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        id,
        CommandClient.fingerprint(id),
        CommandClient.metadata(id));
  }
}
