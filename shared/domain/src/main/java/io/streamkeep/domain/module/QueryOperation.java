package io.streamkeep.domain.module;

import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** An operation of the API that answers a query. Each kind has one generic endpoint. */
public sealed interface QueryOperation {

  /** Its {@code operationId} in {@code functions/api.yaml}. */
  String operationId();

  /** Its method and path there, such as {@code GET /orders/{id}}. */
  String route();

  /** The names of its query parameters. */
  Set<String> parameters();

  /** Answers with one stream's row of a view; the path's {@code id} is the stream's key. */
  record GetRow(String operationId, String route, View<?, ?> view) implements QueryOperation {

    @Override
    public Set<String> parameters() {
      return Set.of();
    }
  }

  /** Answers with one stream's events as CloudEvents. */
  record GetEvents(String operationId, String route) implements QueryOperation {

    @Override
    public Set<String> parameters() {
      return Set.of("after", "limit");
    }
  }

  /**
   * Answers with the rows of a list, newest first.
   *
   * @param member the answer's member with the rows
   * @param view the view of which they are rows
   * @param list returns the list for the path's {@code id}; empty if there can be no such list
   * @param expected completes an error about the {@code id}
   */
  record ListRows(
      String operationId,
      String route,
      String member,
      View<?, ?> view,
      Function<String, Optional<String>> list,
      String expected)
      implements QueryOperation {

    @Override
    public Set<String> parameters() {
      return Set.of("cursor", "limit");
    }
  }

  /**
   * Answers with totals by day, from one day to another: the group's sort keys begin with the day.
   *
   * @param member the answer's member with the totals
   * @param shown selects the totals worth showing
   * @param filters further query parameters, each optional
   */
  record ListDailyTotals(
      String operationId,
      String route,
      String member,
      String group,
      Predicate<TotalRow> shown,
      List<Filter> filters,
      Function<TotalRow, JsonObject> line)
      implements QueryOperation {
    public ListDailyTotals {
      filters = List.copyOf(filters);
    }

    @Override
    public Set<String> parameters() {
      Set<String> names = new HashSet<>(Set.of("from", "to", "cursor", "limit"));
      filters.forEach(filter -> names.add(filter.parameter()));
      return names;
    }
  }

  /**
   * A query parameter that selects totals.
   *
   * @param valid true if a value is valid
   * @param expected completes an error about the value
   * @param matches true if a total has the value
   */
  record Filter(
      String parameter,
      Predicate<String> valid,
      String expected,
      BiPredicate<TotalRow, String> matches) {}
}
