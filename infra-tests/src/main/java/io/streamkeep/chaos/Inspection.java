package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;


import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Holds everything that was made of the event table against the event table itself. */
final class Inspection {

  private final LocalCloud cloud;
  private final EventTable events;
  private final int partitions;
  private final Set<String> published;

  Inspection(LocalCloud cloud) {
    this.cloud = cloud;
    this.events = new EventTable(cloud.dynamoDb(), cloud.tableName("EventsTable"));
    Map<String, String> settings =
        cloud.function("ReactionFunction").spec().variables().at(cloud.sqsEndpoint().toString());
    this.partitions = Integer.parseInt(setting(settings, "FEED_PARTITIONS"));
    this.published = Set.of(setting(settings, "OUTBOUND_TYPES").split(","));
  }

  private static String setting(Map<String, String> settings, String name) {
    return Objects.requireNonNull(settings.get(name), name);
  }

  /**
   * Looks at everything once.
   *
   * @param accepted how many commits each order must have
   * @param effects how often each published event had its effect, by source and id
   */
  Findings findings(Map<StreamId, Integer> accepted, Map<String, Long> effects) {
    Findings findings = new Findings();
    Map<StreamId, List<Commit>> streams = events.commits();
    accepted.forEach(
        (stream, commits) ->
            findings.times(
                stream + " in the event table",
                commits,
                streams.getOrDefault(stream, List.of()).size()));
    ViewState expected = ViewState.folded(streams);
    ViewState found = ViewState.stored(cloud.dynamoDb(), cloud.tableName("ViewsTable"));
    equal(expected.rows(), found.rows(), findings);
    equal(expected.totals(), found.totals(), findings);
    feed(streams, findings);
    streams.values().forEach(commits -> published(commits, effects, findings));
    findings.commits(streams.values().stream().mapToLong(List::size).sum());
    return findings;
  }

  private static void equal(Map<String, ?> expected, Map<String, ?> found, Findings findings) {
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    names.forEach(
        name -> findings.equal(name, Objects.equals(expected.get(name), found.get(name))));
  }

  private void feed(Map<StreamId, List<Commit>> streams, Findings findings) {
    FeedReader feed =
        new FeedReader(
            new DynamoFeedStore(
                cloud.dynamoDb(), cloud.tableName("FeedTable"), cloud.tableName("ViewsTable")),
            new DynamoEventStore(events.client(), events.table()));
    Map<CommitId, Long> times = new HashMap<>();
    Map<StreamId, Long> last = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      for (Positioned one : feed.read(partition, 0, Integer.MAX_VALUE)) {
        Commit commit = one.commit();
        long before = last.getOrDefault(commit.stream(), 0L);
        findings.equal("the order of " + commit.stream(), commit.number() == before + 1);
        last.put(commit.stream(), commit.number());
        times.merge(new CommitId(commit.stream(), commit.number()), 1L, Long::sum);
      }
    }
    streams.forEach(
        (stream, commits) ->
            commits.forEach(
                commit ->
                    findings.times(
                        "commit %d of %s in the feed".formatted(commit.number(), stream),
                        1,
                        times.getOrDefault(new CommitId(stream, commit.number()), 0L))));
  }

  private void published(List<Commit> commits, Map<String, Long> effects, Findings findings) {
    for (Commit commit : commits) {
      for (int i = 0; i < commit.events().size(); i++) {
        StreamId stream = commit.stream();
        String id =
            "/%ss/%s/%d/%d".formatted(stream.category(), stream.key(), commit.number(), i + 1);
        if (published.contains(commit.events().get(i).type())) {
          findings.times("the effect of " + id, 1, effects.getOrDefault(id, 0L));
        }
      }
    }
  }
}
