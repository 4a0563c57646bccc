package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.DeliveryWorkload.Growth;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Appends the commits of a workload, unmeasured, and returns them in batches for delivery. */
final class CommitFeeder {

  /** The batch size in the template, which is also the most streams of one append. */
  static final int BATCH = 100;

  private final DynamoEventStore events;
  private final DeliveryWorkload workload;
  private final int ages;
  private final int streamsPerAge;
  private final int appends;
  private List<Open> open = new ArrayList<>();
  private int opened;

  /**
   * A feeder that has no streams yet.
   *
   * @param batch the number of commits in a batch; it may have slightly fewer
   */
  CommitFeeder(DynamoDbClient client, DeliveryWorkload workload, int batch) {
    boolean alone = workload.growth() == Growth.SINGLE_STREAM;
    this.events = new DynamoEventStore(client, Tables.EVENTS);
    this.workload = workload;
    this.ages = workload.histories().getFirst().size();
    this.streamsPerAge = alone ? 1 : Math.max(1, batch / ages);
    this.appends = alone ? batch : 1;
  }

  /** A stream that will receive further commits. */
  private record Open(Head head, List<List<RecordedEvent>> history, int commits) {

    private Open after(AppendedCommit commit) {
      return new Open(commit.head(), history, commits + 1);
    }
  }

  /** The batches it takes to have streams of every age; do not measure them. */
  List<List<Commit>> warmUp() {
    return next(ages);
  }

  List<List<Commit>> next(int batches) {
    return Stream.generate(this::batch).limit(batches).toList();
  }

  private List<Commit> batch() {
    if (workload.growth() == Growth.NEW_STREAMS) {
      open.removeIf(stream -> stream.commits == ages);
    }
    if (open.size() < streamsPerAge * ages) {
      Stream.generate(() -> new StreamId(workload.module().category(), UUID.randomUUID() + ""))
          .limit(streamsPerAge)
          .forEach(stream -> open.add(new Open(events.load(stream).head(), nextHistory(), 0)));
    }
    return Stream.generate(this::append).limit(appends).flatMap(List::stream).toList();
  }

  private List<List<RecordedEvent>> nextHistory() {
    return workload.histories().get(opened++ % workload.histories().size());
  }

  private List<Commit> append() {
    List<StreamAppend> writes =
        open.stream().map(stream -> new StreamAppend(stream.head, commit(stream))).toList();
    List<AppendedCommit> appended = ((Appended) events.append(writes, List.of())).commits();
    open =
        IntStream.range(0, appended.size())
            .mapToObj(i -> open.get(i).after(appended.get(i)))
            .collect(ArrayList::new, List::add, List::addAll);
    return appended.stream().map(AppendedCommit::commit).toList();
  }

  private NewCommit commit(Open stream) {
    CommandId id = CommandClient.id(stream.head.stream(), stream.commits + 1);
    return new NewCommit(
        stream.history.get(stream.commits % ages),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        id,
        CommandClient.fingerprint(id),
        CommandClient.metadata(id));
  }
}
