package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares everything that derives from the event table with the event table. */
final class ConsistencyCheck {

  private final LocalCloud cloud;
  private final EventTable events;
  private final int partitions;
  private final Set<String> published;

  ConsistencyCheck(LocalCloud cloud) {
    this.cloud = cloud;
    this.events = new EventTable(cloud.dynamoDb(), cloud.tableName("EventsTable"));
    Map<String, String> variables =
        cloud.function("ReactionFunction").spec().variables().at(cloud.sqsEndpoint().toString());
    this.partitions = Integer.parseInt(Objects.requireNonNull(variables.get("FEED_PARTITIONS")));
    this.published = Set.of(Objects.requireNonNull(variables.get("OUTBOUND_TYPES")).split(","));
  }

  /**
   * Compares once.
   *
   * @param accepted the number of commits that each stream must have
   * @param effects how often each published event took effect, by source and id
   */
  Findings run(Map<StreamId, Integer> accepted, Map<String, Long> effects) {
    Map<StreamId, List<Commit>> streams = events.commits();
    Findings findings = new Findings(streams.values().stream().mapToLong(List::size).sum());
    accepted.forEach(
        (stream, commits) ->
            findings.compareCount(
                stream + " in the event table",
                commits,
                streams.getOrDefault(stream, List.of()).size()));
    ViewState expected = ViewState.folded(streams);
    ViewState actual = ViewState.stored(cloud.dynamoDb(), cloud.tableName("ViewsTable"));
    findings.compareValues(expected.rows(), actual.rows());
    findings.compareValues(expected.totals(), actual.totals());
    Map<String, Long> positions = feedPositions(findings);
    for (List<Commit> commits : streams.values()) {
      for (Commit commit : commits) {
        String id = id(commit);
        findings.compareCount(id + " in the feed", 1, positions.getOrDefault(id, 0L));
        compareEffects(commit, effects, findings);
      }
    }
    return findings;
  }

  /** Counts the positions of each commit in the feed, and checks that streams are in order. */
  private Map<String, Long> feedPositions(Findings findings) {
    FeedReader feed =
        new FeedReader(
            new DynamoFeedStore(
                cloud.dynamoDb(), cloud.tableName("FeedTable"), cloud.tableName("ViewsTable")),
            new DynamoEventStore(events.client(), events.table()));
    Map<String, Long> positions = new HashMap<>();
    Map<StreamId, Long> last = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      for (FeedReader.Positioned each : feed.read(partition, 0, Integer.MAX_VALUE)) {
        Commit commit = each.commit();
        Long before = last.put(commit.stream(), commit.number());
        findings.require(
            commit.number() == (before == null ? 1 : before + 1),
            "the feed's order of " + commit.stream());
        positions.merge(id(commit), 1L, Long::sum);
      }
    }
    return positions;
  }

  private static String id(Commit commit) {
    return "commit %d of %s".formatted(commit.number(), commit.stream());
  }

  private void compareEffects(Commit commit, Map<String, Long> effects, Findings findings) {
    for (int i = 0; i < commit.events().size(); i++) {
      StreamId stream = commit.stream();
      String id =
          "/%ss/%s/%d/%d".formatted(stream.category(), stream.key(), commit.number(), i + 1);
      if (published.contains(commit.events().get(i).type())) {
        findings.compareCount("the effect of " + id, 1, effects.getOrDefault(id, 0L));
      }
    }
  }
}
