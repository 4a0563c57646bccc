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

/** Appends a workload's commits, unmeasured, and hands them over in batches. */
final class CommitFeeder {

  /** The template's batch size, and the limit of one append. */
  static final int BATCH = 100;

  private final DynamoEventStore events;
  private final DeliveryWorkload workload;
  private final int ages;
  private final int streamsOfAnAge;
  private final int appends;
  private List<Open> open = new ArrayList<>();
  private int opened;

  /**
   * A feeder without streams.
   *
   * @param batch the number of commits of a batch, which may have slightly fewer
   */
  CommitFeeder(DynamoDbClient client, DeliveryWorkload workload, int batch) {
    boolean alone = workload.growth() == Growth.ENDLESS_ALONE;
    this.events = new DynamoEventStore(client, Tables.EVENTS);
    this.workload = workload;
    this.ages = workload.lives().getFirst().size();
    this.streamsOfAnAge = alone ? 1 : Math.max(1, batch / ages);
    this.appends = alone ? batch : 1;
  }

  /** A stream that gets further commits. */
  private record Open(Head head, List<List<RecordedEvent>> life, int commits) {

    private Open after(AppendedCommit commit) {
      return new Open(commit.head(), life, commits + 1);
    }
  }

  /** The batches until there are streams of all ages; not to be measured. */
  List<List<Commit>> warmUp() {
    return next(ages);
  }

  List<List<Commit>> next(int batches) {
    return Stream.generate(this::batch).limit(batches).toList();
  }

  private List<Commit> batch() {
    if (workload.growth() == Growth.ENDING) {
      open.removeIf(stream -> stream.commits == ages);
    }
    if (open.size() < streamsOfAnAge * ages) {
      Stream.generate(() -> new StreamId(workload.module().category(), UUID.randomUUID() + ""))
          .limit(streamsOfAnAge)
          .forEach(stream -> open.add(new Open(events.load(stream).head(), nextLife(), 0)));
    }
    return Stream.generate(this::append).limit(appends).flatMap(List::stream).toList();
  }

  private List<List<RecordedEvent>> nextLife() {
    return workload.lives().get(opened++ % workload.lives().size());
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
        stream.life.get(stream.commits % ages),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        id,
        CommandClient.fingerprint(id),
        CommandClient.metadata(id));
  }
}
