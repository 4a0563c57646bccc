package io.streamkeep.inspection;

import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows and totals of all views.
 *
 * @param rows the rows by view and stream, with list keys and cursors, as text for readable diffs
 * @param totals amounts by list key, without those that are all zero
 */
public record ViewState(Map<String, String> rows, Map<String, Map<String, BigInteger>> totals) {

  private record RowState(@Nullable String data, @Nullable ListKey listKey, long commit) {}

  public ViewState {
    totals.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n.signum() == 0));
  }

  /** The state in the views table. */
  public static ViewState stored(DynamoDbClient client, String table) {
    Map<String, Map<String, BigInteger>> totals = new TreeMap<>();
    DynamoViewReader reader = new DynamoViewReader(client, table);
    for (Projection<?, ?> view : Registry.projections()) {
      reader
          .totals(view.name(), " ", "~", null, Optional::of, Integer.MAX_VALUE - 1)
          .items()
          .forEach(
              total ->
                  totals.put(
                      view.name() + " " + total.sortKey(),
                      Objects.requireNonNull(total.value()).amounts()));
    }
    return new ViewState(storedRows(client, table, stream -> true), totals);
  }

  /** The rows of these streams in the views table. */
  public static Map<String, String> storedRows(
      DynamoDbClient client, String table, Predicate<StreamId> included) {
    Map<String, String> rows = new HashMap<>();
    DynamoViewStore store = new DynamoViewStore(client, table);
    Set<String> views =
        Registry.projections().stream().map(Projection::name).collect(Collectors.toSet());
    for (Map<String, AttributeValue> item :
        client.scanPaginator(scan -> scan.tableName(table)).items()) {
      String view = text(item, "view");
      if (!views.contains(view)) {
        continue;
      }
      StreamId stream = StreamId.parse(text(item, "stream"));
      if (included.test(stream)) {
        StoredRow row = store.find(view, stream);
        ListKey listKey =
            item.containsKey("list")
                ? new ListKey(text(item, "list"), text(item, "sortKey"))
                : null;
        rows.put(key(view, stream), new RowState(row.data(), listKey, row.commit()).toString());
      }
    }
    return rows;
  }

  /** The expected state: the fold of all commits of all streams. */
  public static ViewState folded(Map<StreamId, List<Commit>> streams) {
    Map<String, String> rows = new HashMap<>();
    Map<String, Map<String, BigInteger>> totals = new TreeMap<>();
    streams.forEach(
        (stream, commits) -> {
          for (Projection<?, ?> view : Registry.projections()) {
            if (view.handles(stream)) {
              Row row = fold(view, commits);
              long commit = commits.getLast().number();
              rows.put(
                  key(view.name(), stream),
                  new RowState(row.data(), row.listKey(), commit).toString());
              view.totals(row).forEach(total -> add(total, totals));
            }
          }
        });
    return new ViewState(rows, totals);
  }

  /** The expected row: the fold of a stream's commits. */
  public static Row fold(Projection<?, ?> view, List<Commit> commits) {
    @Nullable Row row = null;
    for (Commit commit : commits) {
      row = view.apply(row, commit);
    }
    return Objects.requireNonNull(row);
  }

  private static void add(AggregateTotal total, Map<String, Map<String, BigInteger>> totals) {
    Map<String, BigInteger> sums =
        totals.computeIfAbsent(total.group() + " " + total.sortKey(), key -> new TreeMap<>());
    total.amounts().forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
  }

  private static String key(String view, StreamId stream) {
    return view + " of " + stream;
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute), attribute).s();
  }
}
