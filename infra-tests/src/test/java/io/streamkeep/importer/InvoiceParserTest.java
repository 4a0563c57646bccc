package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.order.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class InvoiceParserTest {

  private static final String DATE = "2026-03-02 09:00:00";

  private static ParsedInvoice parsed(String... rows) throws InvalidFileException {
    return TestCsv.invoices(rows).getFirst();
  }

  private static ParsedInvoice.Order order(String... rows) throws InvalidFileException {
    return (ParsedInvoice.Order) parsed(rows);
  }

  private static void refused(String reason, String... rows) throws InvalidFileException {
    refusedAt(2, reason, rows);
  }

  private static void refusedAt(long line, String reason, String... rows)
      throws InvalidFileException {
    assertThat(parsed(rows))
        .isEqualTo(new ParsedInvoice.Refused(rows[0].split(",", -1)[0], line, reason));
  }

  @Test
  void readsAnOrderWithExactMinorUnitsAndItsTotal() throws InvalidFileException {
    assertThat(parsed("1,A,6,2.95,14479.0", "1,B,1,0.29,14479.0"))
        .isEqualTo(
            new ParsedInvoice.Order(
                "1",
                2,
                "14479",
                "France",
                "GBP",
                List.of(new Line("A", "SOME THING", 6, 295), new Line("B", "SOME THING", 1, 29)),
                1799));
  }

  @Test
  void blankCustomerIsAGuest() throws InvalidFileException {
    assertThat(order("1,A,1,1,").customer()).isNull();
    assertThat(order("1,A,1,1, ").customer()).isNull();
  }

  @Test
  void customerIsTheSameWithAndWithoutPointZero() throws InvalidFileException {
    assertThat(order("1,A,1,1,12.0", "1,B,1,1,12").customer()).isEqualTo("12");
  }

  @ParameterizedTest
  @CsvSource({
    "GBP,2.95,295",
    "GBP,3,300",
    "GBP,0.0,0",
    "GBP,1.500,150",
    "GBP,-0.00,0",
    "GBP,16888.02,1688802",
    "JPY,250,250",
    "JPY,250.0,250",
    "KWD,1.234,1234",
    "GBP,10000000000,1000000000000"
  })
  void pricesAreExactInMinorUnitsOfTheCurrency(String currency, String price, long minor)
      throws InvalidFileException {
    ParsedInvoice invoice = TestCsv.invoicesIn(currency, "1,A,1," + price + ",").getFirst();
    assertThat(((ParsedInvoice.Order) invoice).lines().getFirst().unitPrice()).isEqualTo(minor);
  }

  @ParameterizedTest
  @CsvSource({
    "2.955,price-not-in-minor-units",
    "-0.01,price-negative",
    "-11062.06,price-negative",
    "10000000000.01,price-too-large",
    "free,price-not-a-number",
    "1e3,price-not-a-number",
    "1.,price-not-a-number",
    "'',price-not-a-number"
  })
  void refusesInvalidPrices(String price, String reason) throws InvalidFileException {
    refusedAt(3, reason, "1,A,1,1.00,", "1,B,1," + price + ",");
  }

  @ParameterizedTest
  @CsvSource({
    "0,quantity-not-positive",
    "-5,quantity-not-positive",
    "1.5,quantity-not-an-integer",
    "'',quantity-not-an-integer",
    "many,quantity-not-an-integer",
    "1000000001,quantity-too-large",
    "99999999999999999999,quantity-not-an-integer"
  })
  void refusesAnOrder_whenAnyQuantityIsInvalid(String quantity, String reason)
      throws InvalidFileException {
    refusedAt(3, reason, "1,A,1,1.00,", "1,B," + quantity + ",1.00,");
  }

  @Test
  void reportsTheReasonOfTheFirstInvalidRow() throws InvalidFileException {
    refused("price-negative", "1,A,1,-1,", "1,B,0,1,");
  }

  @Test
  void readsAReturnWithPositiveQuantities_whateverItsPrices() throws InvalidFileException {
    assertThat(parsed("C1,A,-2,2.955,7.0", "C1,A,-1,-3,7.0"))
        .isEqualTo(
            new ParsedInvoice.Return(
                "C1",
                2,
                "7",
                List.of(new ParsedInvoice.Item("A", 2), new ParsedInvoice.Item("A", 1))));
  }

  @Test
  void refusesAReturn_whenAQuantityIsNotNegative() throws InvalidFileException {
    refusedAt(3, "quantity-not-negative", "C1,A,-1,1,7", "C1,B,0,1,7");
    refusedAt(3, "quantity-not-negative", "C1,A,-1,1,7", "C1,B,3,1,7");
    refused("quantity-not-an-integer", "C1,A,-1.5,1,7");
  }

  @Test
  void refusesInvoicesThatTheApiWouldReject() throws InvalidFileException {
    refused("mixed-customers", "1,A,1,1,7", "1,B,1,1,8");
    refused("mixed-customers", "C1,A,-1,1,7", "C1,B,-1,1,");
    refused("customer-not-usable", "1,A,1,1,some body");
    refused("customer-not-usable", "1,A,1,1," + "7".repeat(65));
    refused("invoice-number-not-usable", "1/2,A,1,1,7");
    refused("sku-missing", "1,,1,1,7");
    refused("sku-too-long", "1," + "x".repeat(65) + ",1,1,7");
  }

  @Test
  void countryIsStripped_andOmittedWhenBlank() {
    assertThat(((ParsedInvoice.Order) from("1", " United Kingdom ")).country())
        .isEqualTo("United Kingdom");
    assertThat(((ParsedInvoice.Order) from("1", " ")).country()).isNull();
    assertThat(from("1", "a#b")).isEqualTo(new ParsedInvoice.Refused("1", 1, "country-not-usable"));
    assertThat(from("1", "x".repeat(65)))
        .isEqualTo(new ParsedInvoice.Refused("1", 1, "country-not-usable"));
    assertThat(from("1", "France", ""))
        .isEqualTo(new ParsedInvoice.Refused("1", 1, "mixed-countries"));
    assertThat(from("C1", "France", "")).isInstanceOf(ParsedInvoice.Return.class);
  }

  private static ParsedInvoice from(String invoice, String... countries) {
    String quantity = invoice.startsWith("C") ? "-1" : "1";
    List<Invoice.Row> rows =
        Arrays.stream(countries)
            .map(country -> new Invoice.Row(1, "A", "SOME THING", quantity, DATE, "1", "", country))
            .toList();
    return new InvoiceParser(Currency.getInstance("GBP")).parse(new Invoice(invoice, rows));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2010-12-01 08:26:00",
        "2010-12-01 08:26",
        "2012-02-29 00:00:00",
        "12/1/2010 8:26",
        "2/29/2012 23:59"
      })
  void timesOfTheDataSetAndOfSpreadsheetsAreAccepted(String time) {
    assertThat(dated("1", "1", time)).isInstanceOf(ParsedInvoice.Order.class);
    assertThat(dated("C1", "-1", time)).isInstanceOf(ParsedInvoice.Return.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2011-02-29 08:26:00",
        "2010-13-01 08:26:00",
        "2010-12-32 08:26:00",
        "2010-12-01 24:00:00",
        "2010-12-01 08:60:00",
        "13/1/2010 8:26",
        "2/30/2010 8:26",
        "12/1/2010 25:26",
        "0000-00-00 00:00:00",
        "2010",
        "yesterday",
        ""
      })
  void impossibleTimesAreRefused(String time) {
    assertThat(dated("1", "1", time))
        .isEqualTo(new ParsedInvoice.Refused("1", 9, "date-not-usable"));
    assertThat(dated("C1", "-1", time))
        .isEqualTo(new ParsedInvoice.Refused("C1", 9, "date-not-usable"));
  }

  /** The second row has the time. */
  private static ParsedInvoice dated(String invoice, String quantity, String time) {
    List<Invoice.Row> rows =
        List.of(
            new Invoice.Row(8, "A", "X", quantity, DATE, "1", "", ""),
            new Invoice.Row(9, "B", "X", quantity, time, "1", "", ""));
    return new InvoiceParser(Currency.getInstance("GBP")).parse(new Invoice(invoice, rows));
  }

  @Test
  void acceptsAtMostAThousandLines() throws InvalidFileException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add("1,A,1,1,7");
    }
    assertThat(parsed(rows.toArray(String[]::new))).isInstanceOf(ParsedInvoice.Order.class);
    rows.add("1,A,1,1,7");
    refused("too-many-lines", rows.toArray(String[]::new));
  }

  @Test
  void refusesATotalThatOverflows() throws InvalidFileException {
    refused("total-too-large", "1,A,1000000000,10000000000,7");
  }

  @Test
  void descriptionLengthIsCountedInCharacters_notCodeUnits() {
    InvoiceParser parser = new InvoiceParser(Currency.getInstance("GBP"));

    assertThat(parser.parse(described("🫖".repeat(200)))).isInstanceOf(ParsedInvoice.Order.class);
    assertThat(parser.parse(described(""))).isInstanceOf(ParsedInvoice.Order.class);
    assertThat(parser.parse(described("x".repeat(201))))
        .isEqualTo(new ParsedInvoice.Refused("1", 1, "description-too-long"));
  }

  private static Invoice described(String description) {
    return new Invoice("1", List.of(new Invoice.Row(1, "A", description, "1", DATE, "1", "", "")));
  }
}
