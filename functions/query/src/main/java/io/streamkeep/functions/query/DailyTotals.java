package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.module.QueryOperation.Filter;
import io.streamkeep.domain.module.QueryOperation.ListDailyTotals;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import jakarta.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers queries of totals by day. Parameters: {@code from} and {@code to}, both inclusive. */
final class DailyTotals {

  private static final int MAX_DAYS = 366;

  private DailyTotals() {}

  static HttpResponse handle(
      ListDailyTotals list, ViewReader reader, HttpRequest request, LogLine line) {
    LocalDate from = QueryParameters.day(request, "from");
    LocalDate to = QueryParameters.day(request, "to");
    if (to.isBefore(from) || !to.isBefore(from.plusDays(MAX_DAYS))) {
      throw Problem.badParameter("to", "must be from, or up to 365 days later").exception();
    }
    Predicate<TotalRow> wanted = wanted(list, request);
    PageToken cursor = cursor(list, request, from, to);
    Page<JsonObject> page =
        reader.totals(
            list.group(),
            from.toString(),
            to.toString(),
            after(cursor.of(request), from, to),
            total -> Optional.of(total).filter(wanted).map(list.line()),
            QueryParameters.limit(request));
    return QueryEndpoint.page(list.member(), page, cursor, line);
  }

  private static PageToken cursor(
      ListDailyTotals list, HttpRequest request, LocalDate from, LocalDate to) {
    StringBuilder query =
        new StringBuilder(list.operationId()).append(' ').append(from).append(' ').append(to);
    for (Filter filter : list.filters()) {
      request
          .query(filter.parameter())
          .ifPresent(
              value -> query.append(' ').append(filter.parameter()).append('=').append(value));
    }
    return new PageToken(query.toString());
  }

  /** The sort key, which the store requires to be in the range of the days. */
  private static @Nullable String after(@Nullable String sortKey, LocalDate from, LocalDate to) {
    if (sortKey != null && (sortKey.compareTo(from.toString()) < 0 || isAfter(sortKey, to))) {
      throw PageToken.refused().exception();
    }
    return sortKey;
  }

  private static boolean isAfter(String sortKey, LocalDate last) {
    String day = last.toString();
    return sortKey.substring(0, Math.min(sortKey.length(), day.length())).compareTo(day) > 0;
  }

  private static Predicate<TotalRow> wanted(ListDailyTotals list, HttpRequest request) {
    Predicate<TotalRow> wanted = list.shown();
    for (Filter filter : list.filters()) {
      Optional<String> value = request.query(filter.parameter());
      if (value.isPresent() && !filter.valid().test(value.get())) {
        throw Problem.badParameter(filter.parameter(), filter.expected()).exception();
      }
      if (value.isPresent()) {
        wanted = wanted.and(total -> filter.matches().test(total, value.get()));
      }
    }
    return wanted;
  }
}
