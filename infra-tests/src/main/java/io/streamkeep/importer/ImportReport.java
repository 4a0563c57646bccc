package io.streamkeep.importer;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The reconciliation of an import, the same for every run of the same file.
 *
 * @param stored the number of orders that are complete in the event store
 * @param projected the number of those that every view shows
 * @param returned the number of applied returns
 * @param rejects the refused invoices, in file order
 * @param totals the amounts ordered, by currency in minor units, as the API returned them
 * @param returnedTotals the amounts returned, likewise
 * @param failures lines for the user
 */
record ImportReport(
    int read,
    int stored,
    int projected,
    int returned,
    List<ParsedInvoice.Refused> rejects,
    SortedMap<String, Long> totals,
    SortedMap<String, Long> returnedTotals,
    List<String> failures) {

  private static final int MAX_SHOWN = 20;

  /** The number of refused invoices by reason code. */
  private SortedMap<String, Integer> refused() {
    return rejects.stream()
        .collect(
            Collectors.toMap(
                ParsedInvoice.Refused::reason, reject -> 1, Integer::sum, TreeMap::new));
  }

  /** True if every invoice is accounted for and every stored order is shown. */
  boolean balanced() {
    return failures.isEmpty() && stored == projected && read == stored + returned + rejects.size();
  }

  /** The reasons why it is not balanced. */
  String explanation() {
    StringBuilder text = new StringBuilder();
    failures.stream().limit(MAX_SHOWN).forEach(line -> text.append(line).append('\n'));
    if (failures.size() > MAX_SHOWN) {
      text.append("... and %d more\n".formatted(failures.size() - MAX_SHOWN));
    }
    return text.append(
            "not balanced: read %d = stored %d + returned %d + refused %d; projected %d"
                .formatted(read, stored, returned, rejects.size(), projected))
        .toString();
  }

  /** The report as one JSON object; money in minor units. */
  String json() {
    return Json.createObjectBuilder()
        .add("read", read)
        .add("stored", stored)
        .add("projected", projected)
        .add("returned", returned)
        .add("refused", object(refused()))
        .add("rejects", rejectsJson())
        .add("totals", object(totals))
        .add("returnedTotals", object(returnedTotals))
        .build()
        .toString();
  }

  private JsonArrayBuilder rejectsJson() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (ParsedInvoice.Refused reject : rejects) {
      array.add(
          Json.createObjectBuilder()
              .add("invoice", reject.invoice())
              .add("line", reject.line())
              .add("reason", reject.reason()));
    }
    return array;
  }

  /** Writes the refused invoices as a CSV, each with the line that caused it. */
  void writeRejects(Appendable to) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader("InvoiceNo", "Line", "Reason").get();
    try (CSVPrinter csv = new CSVPrinter(to, format)) {
      for (ParsedInvoice.Refused reject : rejects) {
        csv.printRecord(reject.invoice(), reject.line(), reject.reason());
      }
    }
  }

  private static JsonObjectBuilder object(Map<String, ? extends Number> numbers) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    numbers.forEach((name, number) -> object.add(name, number.longValue()));
    return object;
  }

  /** The report as text: a line for each figure, money in major units, then the first rejects. */
  String text(Duration time) {
    StringBuilder text = new StringBuilder();
    line(text, "invoices read", "%,d", read);
    line(text, "orders stored", "%,d", stored);
    line(text, "orders projected", "%,d", projected);
    line(text, "returns applied", "%,d", returned);
    line(text, "refused", "%,d", rejects.size());
    refused().forEach((reason, count) -> line(text, "  " + reason, "%,d", count));
    totals.forEach((currency, total) -> money(text, "ordered", currency, total));
    returnedTotals.forEach((currency, total) -> money(text, "returned", currency, total));
    line(text, "time taken", "%.1f s", time.toMillis() / 1000.0);
    line(text, "invoices per second", "%.1f", read * 1000.0 / Math.max(1, time.toMillis()));
    rejects.stream()
        .limit(MAX_SHOWN)
        .forEach(
            reject ->
                text.append(
                    "refused: line %d, invoice %s: %s%n"
                        .formatted(reject.line(), reject.invoice(), reject.reason())));
    if (rejects.size() > MAX_SHOWN) {
      text.append(
          "... and %d more: --rejects FILE writes all%n".formatted(rejects.size() - MAX_SHOWN));
    }
    return text.toString();
  }

  private static void money(StringBuilder text, String name, String currency, long minorUnits) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    BigDecimal amount = BigDecimal.valueOf(minorUnits, digits);
    line(text, name + ", " + currency, "%,." + digits + "f", amount);
  }

  private static void line(StringBuilder text, String name, String format, Number value) {
    String formatted = String.format(Locale.ROOT, format, value);
    text.append(String.format(Locale.ROOT, "%-26s %18s%n", name, formatted));
  }
}
