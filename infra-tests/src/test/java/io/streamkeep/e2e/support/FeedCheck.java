package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares the feed, commit by commit, with the event table. */
public record FeedCheck(Backend backend, int partitions) {

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
    FeedReader feed =
        new FeedReader(
            new DynamoFeedStore(
                backend.dynamoDb(),
                backend.tableName("FeedTable"),
                backend.tableName("ViewsTable")),
            new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable")));
    List<CommitId> all =
        IntStream.range(0, partitions)
            .boxed()
            .flatMap(partition -> feed.read(partition, 0, Integer.MAX_VALUE).stream())
            .map(Positioned::commit)
            .map(FeedCheck::id)
            .toList();
    Map<StreamId, Long> last = new HashMap<>();
    for (CommitId one : all) {
      long before = last.getOrDefault(one.stream(), 0L);
      assertThat(one.number()).as("%s after commit %d", one, before).isEqualTo(before + 1);
      last.put(one.stream(), one.number());
    }
    return all;
  }

  private static CommitId id(Commit commit) {
    return new CommitId(commit.stream(), commit.number());
  }
}
