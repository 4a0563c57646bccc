package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.CommitItem;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.DynamoTotals;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore.CommitId;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.localcloud.LocalCloud;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds everything that was made of the event table against the event table itself. */
final class Inspection {

  /** As the template has them. */
  private static final int PARTITIONS = 4;

  private static final Set<String> PUBLISHED =
      Set.of(
          "order.placed",
          "order.confirmed",
          "order.completed",
          "order.cancelled",
          "order.returned");

  private final LocalCloud cloud;
  private final DynamoEventStore events;

  Inspection(LocalCloud cloud) {
    this.cloud = cloud;
    this.events = new DynamoEventStore(cloud.dynamoDb(), cloud.tableName("EventsTable"));
  }

  /**
   * Looks at everything once.
   *
   * @param accepted how many commits each order must have
   * @param effects how often each published event had its effect, by source and id
   */
  Findings findings(Map<StreamId, Integer> accepted, Map<String, Long> effects) {
    Findings findings = new Findings();
    Map<StreamId, List<Commit>> streams = streams();
    accepted.forEach(
        (stream, commits) ->
            findings.times(stream + " in the event table", commits, commits(streams, stream)));
    Map<String, Map<String, BigInteger>> totals = new TreeMap<>();
    streams.forEach((stream, commits) -> views(stream, commits, totals, findings));
    totals(totals, findings);
    feed(streams, findings);
    streams.values().forEach(commits -> published(commits, effects, findings));
    findings.commits(streams.values().stream().mapToLong(List::size).sum());
    return findings;
  }

  private static long commits(Map<StreamId, List<Commit>> streams, StreamId stream) {
    return streams.getOrDefault(stream, List.of()).size();
  }

  private Map<StreamId, List<Commit>> streams() {
    Map<String, List<Commit>> streams = new TreeMap<>();
    cloud
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(cloud.tableName("EventsTable")).consistentRead(true))
        .items()
        .forEach(
            item ->
                streams.computeIfAbsent(
                    CommitItem.stream(item).toString(),
                    stream -> events.load(StreamId.parse(stream)).commits()));
    Map<StreamId, List<Commit>> parsed = new HashMap<>();
    streams.forEach((stream, commits) -> parsed.put(StreamId.parse(stream), commits));
    return parsed;
  }

  private void views(
      StreamId stream,
      List<Commit> commits,
      Map<String, Map<String, BigInteger>> totals,
      Findings findings) {
    DynamoViewStore rows = new DynamoViewStore(cloud.dynamoDb(), cloud.tableName("ViewsTable"));
    for (View view : Views.all()) {
      if (view.category().equals(stream.category())) {
        @Nullable Row folded = null;
        for (Commit commit : commits) {
          folded = view.apply(folded, commit);
        }
        Projected found = rows.find(view.name(), stream);
        boolean right =
            found.commit() == commits.getLast().number() && Objects.equals(found.row(), folded);
        findings.equal(view.name() + " of " + stream, right);
        view.totals(Objects.requireNonNull(folded)).forEach(total -> add(total, totals));
      }
    }
  }

  private static void add(Total total, Map<String, Map<String, BigInteger>> totals) {
    Map<String, BigInteger> sums =
        totals.computeIfAbsent(total.group() + " " + total.rank(), name -> new TreeMap<>());
    total.amounts().forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
  }

  /** Those that come to nothing may be there or not. */
  private void totals(Map<String, Map<String, BigInteger>> expected, Findings findings) {
    DynamoTotals totals = new DynamoTotals(cloud.dynamoDb(), cloud.tableName("ViewsTable"));
    Map<String, Map<String, BigInteger>> found = new TreeMap<>();
    for (View view : Views.all()) {
      totals
          .list(view.name(), " ", "~", null, sum -> true, Integer.MAX_VALUE - 1)
          .sums()
          .forEach(sum -> found.put(view.name() + " " + sum.rank(), sum.amounts()));
    }
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      findings.equal("total " + name, amounts(found, name).equals(amounts(expected, name)));
    }
  }

  private static Map<String, BigInteger> amounts(
      Map<String, Map<String, BigInteger>> totals, String name) {
    Map<String, BigInteger> amounts = new TreeMap<>(totals.getOrDefault(name, Map.of()));
    amounts.values().removeIf(amount -> amount.signum() == 0);
    return amounts;
  }

  private void feed(Map<StreamId, List<Commit>> streams, Findings findings) {
    FeedReader feed =
        new FeedReader(
            new DynamoFeedStore(
                cloud.dynamoDb(), cloud.tableName("FeedTable"), cloud.tableName("ViewsTable")),
            events);
    Map<CommitId, Long> times = new HashMap<>();
    Map<StreamId, Long> last = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
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

  private static void published(
      List<Commit> commits, Map<String, Long> effects, Findings findings) {
    for (Commit commit : commits) {
      for (int i = 0; i < commit.events().size(); i++) {
        RecordedEvent event = commit.events().get(i);
        StreamId stream = commit.stream();
        String id =
            "/%ss/%s/%d/%d".formatted(stream.category(), stream.key(), commit.number(), i + 1);
        if (PUBLISHED.contains(event.type())) {
          findings.times("the effect of " + id, 1, effects.getOrDefault(id, 0L));
        }
      }
    }
  }
}
