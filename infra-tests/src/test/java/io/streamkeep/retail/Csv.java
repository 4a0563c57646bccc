package io.streamkeep.retail;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** Retail files for tests, written as short rows. */
final class Csv {

  private Csv() {}

  /** Rows of "invoice,sku,quantity,price,customer" as a whole file. */
  static byte[] file(String... rows) {
    StringBuilder file = new StringBuilder(String.join(",", RetailCsv.HEADER)).append('\n');
    for (String row : rows) {
      String[] field = row.split(",", -1);
      file.append(
          "%s,%s,SOME THING,%s,2026-03-02 09:00:00,%s,%s,France\n"
              .formatted(field[0], field[1], field[2], field[3], field[4]));
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  static List<Draft> drafts(String... rows) throws BadFileException {
    return draftsIn("GBP", rows);
  }

  static List<Draft> draftsIn(String currency, String... rows) throws BadFileException {
    InvoiceReader reader = new InvoiceReader(Currency.getInstance(currency));
    return RetailCsv.read(file(rows)).stream().map(reader::read).toList();
  }

  static Plan plan(String... rows) throws BadFileException {
    return Plan.of(drafts(rows), Map.of());
  }
}
