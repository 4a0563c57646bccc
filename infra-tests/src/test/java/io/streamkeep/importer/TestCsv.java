package io.streamkeep.importer;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** Retail files from short rows. */
public final class TestCsv {

  public static final String HEADER = String.join(",", RetailCsv.HEADER);

  private TestCsv() {}

  /** A file with a row for each "invoice,sku,quantity,price,customer". */
  public static byte[] file(String... rows) {
    StringBuilder file = new StringBuilder(HEADER).append('\n');
    for (String row : rows) {
      String[] field = row.split(",", -1);
      file.append(
          "%s,%s,SOME THING,%s,2026-03-02 09:00:00,%s,%s,France\n"
              .formatted(field[0], field[1], field[2], field[3], field[4]));
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static List<ParsedInvoice> invoices(String... rows) throws InvalidFileException {
    return invoicesIn("GBP", rows);
  }

  static List<ParsedInvoice> invoicesIn(String currency, String... rows)
      throws InvalidFileException {
    InvoiceParser parser = new InvoiceParser(Currency.getInstance(currency));
    return RetailCsv.read(file(rows)).stream().map(parser::parse).toList();
  }

  static ImportPlan plan(String... rows) throws InvalidFileException {
    return ImportPlan.of(invoices(rows), Map.of());
  }
}
