package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares the event table with everything derived from it. */
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
   * Compares the present contents.
   *
   * @param accepted the number of commits that each stream must have
   * @param effects the number of effects of each published event, by source and id
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
    Map<CommitId, Long> positions = feedPositions(findings);
    for (List<Commit> commits : streams.values()) {
      for (Commit commit : commits) {
        findings.compareCount(
            "commit %d of %s in the feed".formatted(commit.number(), commit.stream()),
            1,
            positions.getOrDefault(new CommitId(commit.stream(), commit.number()), 0L));
        compareEffects(commit, effects, findings);
      }
    }
    return findings;
  }

  /** Counts the positions of each commit in the feed, and checks the order of each stream. */
  private Map<CommitId, Long> feedPositions(Findings findings) {
    Map<CommitId, Long> positions = new HashMap<>();
    Map<StreamId, Long> last = new HashMap<>();
    for (CommitId commit :
        events.feed(
            new FeedTable(cloud.tableName("FeedTable"), 1),
            cloud.tableName("ViewsTable"),
            partitions)) {
      Long before = last.put(commit.stream(), commit.number());
      findings.require(
          commit.number() == (before == null ? 1 : before + 1),
          "the feed's order of " + commit.stream());
      positions.merge(commit, 1L, Long::sum);
    }
    return positions;
  }

  private void compareEffects(Commit commit, Map<String, Long> effects, Findings findings) {
    StreamId stream = commit.stream();
    for (int i = 0; i < commit.events().size(); i++) {
      String id =
          "/%ss/%s/%d/%d".formatted(stream.category(), stream.key(), commit.number(), i + 1);
      if (published.contains(commit.events().get(i).type())) {
        findings.compareCount("the effect of " + id, 1, effects.getOrDefault(id, 0L));
      }
    }
  }
}
