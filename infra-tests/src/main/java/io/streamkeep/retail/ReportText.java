package io.streamkeep.retail;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** Writes a report down, for people and for programs. */
final class ReportText {

  private ReportText() {}

  /** One object; money in minor units. */
  static String json(Report report) {
    return Json.createObjectBuilder()
        .add("read", report.read())
        .add("stored", report.stored())
        .add("projected", report.projected())
        .add("returned", report.returned())
        .add("refused", object(report.refused()))
        .add("totals", object(report.totals()))
        .add("returnedTotals", object(report.returnedTotals()))
        .build()
        .toString();
  }

  private static JsonObject object(Map<String, ? extends Number> numbers) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    numbers.forEach((name, number) -> object.add(name, number.longValue()));
    return object.build();
  }

  /** A table; money in major units. */
  static String table(Report report, Duration took) {
    StringBuilder table = new StringBuilder();
    row(table, "invoices read", count(report.read()));
    row(table, "orders stored", count(report.stored()));
    row(table, "orders projected", count(report.projected()));
    row(table, "returns applied", count(report.returned()));
    row(table, "refused", count(report.refusals()));
    report.refused().forEach((reason, n) -> row(table, "  " + reason, count(n)));
    report
        .totals()
        .forEach((currency, n) -> row(table, "ordered, " + currency, money(currency, n)));
    report
        .returnedTotals()
        .forEach((currency, n) -> row(table, "returned, " + currency, money(currency, n)));
    row(table, "time taken", seconds(took) + " s");
    row(table, "invoices per second", rate(report.read(), took));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, String value) {
    table.append(String.format(Locale.ROOT, "%-26s %18s%n", name, value));
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String money(String currency, long minor) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    return String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(minor, digits));
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
  }

  private static String rate(int read, Duration took) {
    return String.format(Locale.ROOT, "%.1f", read * 1000.0 / Math.max(1, took.toMillis()));
  }
}
