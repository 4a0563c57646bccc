package io.streamkeep.retail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an invoice into an order or a return, or refuses what the API's contract rules out. */
final class InvoiceReader {

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9._~:@+-]{0,64}");
  private static final Pattern COUNTRY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9 .,'()&-]{0,63})?");
  private static final int MAX_LINES = 1000;

  private final Currency currency;
  private final RowRules rules;

  InvoiceReader(Currency currency) {
    this.currency = currency;
    this.rules = new RowRules(currency);
  }

  Draft read(Invoice invoice) {
    Optional<String> problem =
        problem(invoice)
            .or(() -> invoice.isReturn() ? Optional.empty() : countryProblem(invoice))
            .or(() -> invoice.rows().stream().flatMap(row -> problem(invoice, row)).findFirst());
    if (problem.isPresent()) {
      return new Draft.Refused(invoice.number(), problem.get());
    }
    return invoice.isReturn() ? returned(invoice) : order(invoice);
  }

  private static Optional<String> problem(Invoice invoice) {
    if (!NUMBER.matcher(invoice.number()).matches()) {
      return Optional.of("invoice-number-not-usable");
    }
    List<String> customers =
        invoice.rows().stream().map(InvoiceReader::customer).distinct().toList();
    if (customers.size() > 1) {
      return Optional.of("mixed-customers");
    }
    if (!CUSTOMER.matcher(customers.getFirst()).matches()) {
      return Optional.of("customer-not-usable");
    }
    return invoice.rows().size() > MAX_LINES ? Optional.of("too-many-lines") : Optional.empty();
  }

  private static Optional<String> countryProblem(Invoice invoice) {
    List<String> countries =
        invoice.rows().stream().map(InvoiceReader::country).distinct().toList();
    if (countries.size() > 1) {
      return Optional.of("mixed-countries");
    }
    return COUNTRY.matcher(countries.getFirst()).matches()
        ? Optional.empty()
        : Optional.of("country-not-usable");
  }

  private Stream<String> problem(Invoice invoice, Row row) {
    return (invoice.isReturn() ? RowRules.returned(row) : rules.ordered(row)).stream();
  }

  private static @Nullable String customer(Invoice invoice) {
    String id = customer(invoice.rows().getFirst());
    return id.isEmpty() ? null : id;
  }

  private static @Nullable String country(Invoice invoice) {
    String country = country(invoice.rows().getFirst());
    return country.isEmpty() ? null : country;
  }

  private static String country(Row row) {
    return row.country().strip();
  }

  private static String customer(Row row) {
    String id = row.customer().strip();
    // The data set has been through a table of floating point: 14479 became 14479.0.
    return id.endsWith(".0") ? id.substring(0, id.length() - 2) : id;
  }

  private Draft order(Invoice invoice) {
    List<Draft.Line> lines = invoice.rows().stream().map(this::line).toList();
    BigInteger total =
        lines.stream()
            .map(l -> BigInteger.valueOf(l.quantity()).multiply(BigInteger.valueOf(l.unitPrice())))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (total.bitLength() >= Long.SIZE) {
      return new Draft.Refused(invoice.number(), "total-too-large");
    }
    return new Draft.Order(
        invoice.number(),
        customer(invoice),
        country(invoice),
        currency.getCurrencyCode(),
        lines,
        total.longValueExact());
  }

  private Draft.Line line(Row row) {
    long unitPrice =
        new BigDecimal(row.unitPrice())
            .movePointRight(currency.getDefaultFractionDigits())
            .longValueExact();
    return new Draft.Line(row.sku(), row.description(), Long.parseLong(row.quantity()), unitPrice);
  }

  private static Draft returned(Invoice invoice) {
    return new Draft.Return(
        invoice.number(),
        customer(invoice),
        invoice.rows().stream()
            .map(row -> new Draft.Item(row.sku(), -Long.parseLong(row.quantity())))
            .toList());
  }
}
