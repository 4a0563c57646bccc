package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a generation of the feed, commit by commit, with the event table. */
public record FeedCheck(Backend backend, int partitions, int generation) {

  /** Compares the first generation. */
  public FeedCheck(Backend backend, int partitions) {
    this(backend, partitions, 1);
  }

  /** Waits until the feed holds every commit of the event table. */
  public void awaitComplete() {
    Set<CommitId> expected = stored();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(Set.copyOf(readInOrder())).containsAll(expected));
  }

  private Set<CommitId> stored() {
    return backend
        .dynamoDb()
        .scanPaginator(s -> s.tableName(backend.tableName("EventsTable")).consistentRead(true))
        .items()
        .stream()
        .map(item -> new CommitId(CommitItem.stream(item), CommitItem.number(item)))
        .collect(Collectors.toSet());
  }

  /** All commits of the feed; fails unless each stream's are in order, without gap or duplicate. */
  public List<CommitId> readInOrder() {
    List<CommitId> all =
        new EventTable(backend.dynamoDb(), backend.tableName("EventsTable"))
            .feed(
                new FeedTable(backend.tableName("FeedTable"), generation),
                backend.tableName("ViewsTable"),
                partitions);
    Map<StreamId, Long> last = new HashMap<>();
    for (CommitId one : all) {
      long before = last.getOrDefault(one.stream(), 0L);
      assertThat(one.number()).as("%s after commit %d", one, before).isEqualTo(before + 1);
      last.put(one.stream(), one.number());
    }
    return all;
  }
}
