package io.streamkeep.inspection;

import io.streamkeep.aws.dynamodb.views.DynamoTotals;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.projection.AggregateTotal;
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
 * What all views say.
 *
 * @param rows each with its cursor by view and stream, as text, so that a difference can be read
 * @param totals their amounts by group and rank, but for those that count nothing
 */
public record ViewState(Map<String, String> rows, Map<String, Map<String, BigInteger>> totals) {

  public ViewState {
    totals.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n.signum() == 0));
  }

  private static ViewState nothing() {
    return new ViewState(new HashMap<>(), new TreeMap<>());
  }

  /** As the views' table has it. */
  public static ViewState stored(DynamoDbClient client, String table) {
    ViewState state = nothing();
    DynamoViewStore rows = new DynamoViewStore(client, table);
    Set<String> views = Registry.all().stream().map(View::name).collect(Collectors.toSet());
    client.scanPaginator(scan -> scan.tableName(table)).items().stream()
        .filter(item -> views.contains(text(item, "view"))) // what lasts of a row is found with it
        .forEach(
            item -> {
              StreamId stream = StreamId.parse(text(item, "stream"));
              String view = text(item, "view");
              state.put(view, stream, Seen.of(rows.find(view, stream)));
            });
    DynamoTotals totals = new DynamoTotals(client, table);
    for (String view : views) {
      totals
          .list(view, " ", "~", null, sum -> true, Integer.MAX_VALUE - 1)
          .sums()
          .forEach(sum -> state.totals.put(view + " " + sum.rank(), sum.amounts()));
    }
    return new ViewState(state.rows, state.totals);
  }

  /** As it has to be after these commits. */
  public static ViewState folded(Map<StreamId, List<Commit>> streams) {
    ViewState state = nothing();
    streams.forEach(
        (stream, commits) ->
            Registry.all().stream()
                .filter(view -> view.category().equals(stream.category()))
                .forEach(view -> state.fold(view, stream, commits)));
    return new ViewState(state.rows, state.totals);
  }

  private void fold(View view, StreamId stream, List<Commit> commits) {
    Seen seen = Seen.folded(view, commits);
    put(view.name(), stream, seen);
    view.totals(Objects.requireNonNull(seen.row())).forEach(this::add);
  }

  private void put(String view, StreamId stream, Seen seen) {
    rows.put(view + " of " + stream, seen.toString());
  }

  private void add(AggregateTotal total) {
    Map<String, BigInteger> sums =
        totals.computeIfAbsent(total.group() + " " + total.rank(), name -> new TreeMap<>());
    total.amounts().forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute), attribute).s();
  }
}
