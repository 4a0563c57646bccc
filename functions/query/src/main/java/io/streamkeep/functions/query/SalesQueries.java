package io.streamkeep.functions.query;

import io.streamkeep.aws.Json;
import io.streamkeep.aws.dynamodb.DynamoTotals;
import io.streamkeep.aws.dynamodb.DynamoTotals.Page;
import io.streamkeep.aws.dynamodb.DynamoTotals.Sum;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Parameters;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.domain.order.SalesKey;
import io.streamkeep.domain.order.SalesView;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sales as they are asked for: by day and country, over some days. */
final class SalesQueries {

  static final String ROUTE = "/sales";

  private static final int MAX_DAYS = 366;

  private final DynamoTotals totals;

  SalesQueries(DynamoTotals totals) {
    this.totals = totals;
  }

  HttpResponse handle(HttpRequest request) {
    LocalDate from = Parameters.day(request, "from");
    LocalDate to = Parameters.day(request, "to");
    if (to.isBefore(from) || !to.isBefore(from.plusDays(MAX_DAYS))) {
      throw Problem.badParameter("to", "must be from, or up to 365 days later").exception();
    }
    Page page =
        totals.list(
            SalesView.NAME,
            from.toString(),
            to.toString(),
            after(request, from, to),
            wanted(request),
            OrderQueries.limit(request));
    JsonArrayBuilder sales = Json.array();
    page.sums().forEach(sum -> sales.add(line(sum)));
    JsonObjectBuilder answer = Json.object().add("sales", sales);
    if (page.next() != null) {
      answer.add("next", Cursor.write(page.next()));
    }
    return HttpResponse.json(200, answer.build().toString());
  }

  private static @Nullable String after(HttpRequest request, LocalDate from, LocalDate to) {
    String rank = Cursor.of(request);
    if (rank != null && (rank.compareTo(from.toString()) < 0 || !day(rank, to))) {
      throw Problem.badParameter("cursor", "must be of the same days").exception();
    }
    return rank;
  }

  private static boolean day(String rank, LocalDate last) {
    String day = last.toString();
    return rank.substring(0, Math.min(rank.length(), day.length())).compareTo(day) <= 0;
  }

  /** What orders that were all cancelled have left counts nothing, and is not shown. */
  private static Predicate<Sum> wanted(HttpRequest request) {
    Optional<String> country = request.query("country");
    if (country.isPresent() && !country.get().isEmpty() && !SalesKey.isCountry(country.get())) {
      throw Problem.badParameter("country", "is no country's").exception();
    }
    return sum ->
        amount(sum, SalesView.ORDERS).signum() != 0
            && (country.isEmpty() || country.get().equals(country(sum)));
  }

  private static String country(Sum sum) {
    return Objects.requireNonNullElse(SalesKey.of(sum.rank()).country(), "");
  }

  private static BigInteger amount(Sum sum, String name) {
    return sum.amounts().getOrDefault(name, BigInteger.ZERO);
  }

  private static JsonObjectBuilder line(Sum sum) {
    SalesKey key = SalesKey.of(sum.rank());
    JsonObjectBuilder line = Json.object().add("day", key.day().toString());
    if (key.country() == null) {
      line.addNull("country");
    } else {
      line.add("country", key.country());
    }
    return line.add("currency", key.currency())
        .add(SalesView.ORDERS, amount(sum, SalesView.ORDERS))
        .add(SalesView.REVENUE, amount(sum, SalesView.REVENUE));
  }
}
