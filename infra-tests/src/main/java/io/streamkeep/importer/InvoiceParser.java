package io.streamkeep.importer;

import io.streamkeep.domain.order.Line;
import io.streamkeep.importer.Invoice.Row;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses an invoice into an order or a return, or refuses it if the API's contract does. */
final class InvoiceParser {

  // 18 digits fit into a long and far exceed what the API accepts.
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9._~:@+-]{0,64}");
  private static final Pattern COUNTRY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9 .,'()&-]{0,63})?");

  /** The formats of the data set at UCI, and of spreadsheets that export it. */
  private static final List<DateTimeFormatter> TIMES =
      Stream.of("uuuu-MM-dd HH:mm[:ss]", "M/d/uuuu H:mm")
          .map(DateTimeFormatter::ofPattern)
          .map(format -> format.withResolverStyle(ResolverStyle.STRICT))
          .toList();

  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000_000_000L);

  /** A reason code, and the condition under which it applies. */
  private record Rule<T>(String reason, Predicate<T> isBroken) {

    static <T> Optional<String> firstBroken(List<Rule<T>> rules, T subject) {
      return rules.stream()
          .filter(rule -> rule.isBroken.test(subject))
          .map(Rule::reason)
          .findFirst();
    }
  }

  private static final List<Rule<Invoice>> RULES =
      List.of(
          new Rule<>("invoice-number-not-usable", i -> !fits(NUMBER, i.number())),
          new Rule<>("mixed-customers", i -> isMixed(i, InvoiceParser::customer)),
          new Rule<>("customer-not-usable", i -> !fits(CUSTOMER, customer(i.rows().getFirst()))),
          new Rule<>("too-many-lines", i -> i.rows().size() > 1000),
          new Rule<>("mixed-countries", i -> !i.isReturn() && isMixed(i, InvoiceParser::country)),
          new Rule<>(
              "country-not-usable",
              i -> !i.isReturn() && !fits(COUNTRY, country(i.rows().getFirst()))));

  private static final List<Rule<Row>> ROW_RULES =
      List.of(new Rule<>("date-not-usable", row -> !isTime(row.date())));

  private static final List<Rule<Row>> RETURN_ROW_RULES =
      List.of(
          new Rule<>("quantity-not-an-integer", row -> !fits(INTEGER, row.quantity())),
          new Rule<>("quantity-not-negative", row -> quantity(row) >= 0));

  private final List<Rule<Row>> orderRowRules =
      List.of(
          new Rule<>("quantity-not-an-integer", row -> !fits(INTEGER, row.quantity())),
          new Rule<>("quantity-not-positive", row -> quantity(row) <= 0),
          new Rule<>("quantity-too-large", row -> quantity(row) > 1_000_000_000L),
          new Rule<>("price-not-a-number", row -> !fits(DECIMAL, row.unitPrice())),
          new Rule<>("price-negative", row -> price(row).signum() < 0),
          new Rule<>("price-not-in-minor-units", row -> hasFraction(price(row))),
          new Rule<>("price-too-large", row -> price(row).compareTo(MAX_PRICE) > 0),
          new Rule<>("sku-missing", row -> row.sku().isEmpty()),
          new Rule<>("sku-too-long", row -> characters(row.sku()) > 64),
          new Rule<>("description-too-long", row -> characters(row.description()) > 200));

  private final Currency currency;

  InvoiceParser(Currency currency) {
    this.currency = currency;
  }

  ParsedInvoice parse(Invoice invoice) {
    return Rule.firstBroken(RULES, invoice)
        .<ParsedInvoice>map(reason -> refused(invoice, invoice.line(), reason))
        .or(
            () ->
                invoice.rows().stream().flatMap(row -> refused(invoice, row).stream()).findFirst())
        .orElseGet(() -> invoice.isReturn() ? returned(invoice) : order(invoice));
  }

  private Optional<ParsedInvoice> refused(Invoice invoice, Row row) {
    List<Rule<Row>> rules = invoice.isReturn() ? RETURN_ROW_RULES : orderRowRules;
    return Rule.firstBroken(ROW_RULES, row)
        .or(() -> Rule.firstBroken(rules, row))
        .map(reason -> refused(invoice, row.line(), reason));
  }

  private static ParsedInvoice refused(Invoice invoice, long line, String reason) {
    return new ParsedInvoice.Refused(invoice.number(), line, reason);
  }

  private static boolean fits(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }

  private static boolean isTime(String text) {
    return TIMES.stream().anyMatch(format -> isTime(text, format));
  }

  private static boolean isTime(String text, DateTimeFormatter format) {
    try {
      LocalDateTime.parse(text, format);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isMixed(Invoice invoice, Function<Row, String> field) {
    return invoice.rows().stream().map(field).distinct().count() > 1;
  }

  private static boolean hasFraction(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() > 0;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String customer(Row row) {
    // The data set was once a table of floating-point numbers: 14479 became 14479.0.
    String id = row.customer().strip();
    return id.endsWith(".0") ? id.substring(0, id.length() - 2) : id;
  }

  private static String country(Row row) {
    return row.country().strip();
  }

  private static long quantity(Row row) {
    return Long.parseLong(row.quantity());
  }

  /** The price in minor units. */
  private BigDecimal price(Row row) {
    return new BigDecimal(row.unitPrice()).movePointRight(currency.getDefaultFractionDigits());
  }

  private ParsedInvoice order(Invoice invoice) {
    Row first = invoice.rows().getFirst();
    List<Line> lines = new ArrayList<>();
    long total = 0;
    try {
      for (Row row : invoice.rows()) {
        long unitPrice = price(row).longValueExact();
        lines.add(new Line(row.sku(), row.description(), quantity(row), unitPrice));
        total = Math.addExact(total, Math.multiplyExact(quantity(row), unitPrice));
      }
    } catch (ArithmeticException e) {
      return refused(invoice, invoice.line(), "total-too-large");
    }
    return new ParsedInvoice.Order(
        invoice.number(),
        invoice.line(),
        textOrNull(customer(first)),
        textOrNull(country(first)),
        currency.getCurrencyCode(),
        lines,
        total);
  }

  private static ParsedInvoice returned(Invoice invoice) {
    return new ParsedInvoice.Return(
        invoice.number(),
        invoice.line(),
        textOrNull(customer(invoice.rows().getFirst())),
        invoice.rows().stream()
            .map(row -> new ParsedInvoice.Item(row.sku(), -quantity(row)))
            .toList());
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
