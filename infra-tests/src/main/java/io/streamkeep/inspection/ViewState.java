package io.streamkeep.inspection;

import io.streamkeep.aws.dynamodb.views.DynamoTotals;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows and totals of all views.
 *
 * @param rows by view and stream, with their cursors, as text, so that differences are readable
 * @param totals amounts by list key, without those that are all zero
 */
public record ViewState(Map<String, String> rows, Map<String, Map<String, BigInteger>> totals) {

  public ViewState {
    totals.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n.signum() == 0));
  }

  /** The state in the views table. */
  public static ViewState stored(DynamoDbClient client, String table) {
    Map<String, String> rows = new HashMap<>();
    Map<String, Map<String, BigInteger>> totals = new TreeMap<>();
    DynamoViewStore store = new DynamoViewStore(client, table);
    Set<String> views = Registry.all().stream().map(View::name).collect(Collectors.toSet());
    for (Map<String, AttributeValue> item :
        client.scanPaginator(scan -> scan.tableName(table)).items()) {
      String view = text(item, "view");
      if (views.contains(view)) {
        StreamId stream = StreamId.parse(text(item, "stream"));
        rows.put(key(view, stream), RowSnapshot.of(store.find(view, stream)).toString());
      }
    }
    DynamoTotals totalRows = new DynamoTotals(client, table);
    for (String view : views) {
      totalRows
          .list(view, " ", "~", null, sum -> true, Integer.MAX_VALUE - 1)
          .sums()
          .forEach(sum -> totals.put(view + " " + sum.rank(), sum.amounts()));
    }
    return new ViewState(rows, totals);
  }

  /** The state that all commits of all streams result in. */
  public static ViewState folded(Map<StreamId, List<Commit>> streams) {
    Map<String, String> rows = new HashMap<>();
    Map<String, Map<String, BigInteger>> totals = new TreeMap<>();
    streams.forEach(
        (stream, commits) -> {
          for (View view : Registry.all()) {
            if (view.category().equals(stream.category())) {
              RowSnapshot row = RowSnapshot.folded(view, commits);
              rows.put(key(view.name(), stream), row.toString());
              addTotals(view, row, totals);
            }
          }
        });
    return new ViewState(rows, totals);
  }

  private static void addTotals(
      View view, RowSnapshot row, Map<String, Map<String, BigInteger>> totals) {
    view.totals(Objects.requireNonNull(row.row()))
        .forEach(
            total -> {
              Map<String, BigInteger> sums =
                  totals.computeIfAbsent(
                      total.group() + " " + total.rank(), key -> new TreeMap<>());
              total
                  .amounts()
                  .forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
            });
  }

  private static String key(String view, StreamId stream) {
    return view + " of " + stream;
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute), attribute).s();
  }
}
