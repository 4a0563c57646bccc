package io.streamkeep.importer;

import java.util.List;

/** The rows of one invoice number in file order; at least one. */
record Invoice(String number, List<Row> rows) {

  boolean isReturn() {
    return number.startsWith("C");
  }

  /** The line of its first row. */
  long line() {
    return rows.getFirst().line();
  }

  /**
   * The fields of a row as text.
   *
   * @param line the line of the file that it starts on, from 1
   */
  record Row(
      long line,
      String sku,
      String description,
      String quantity,
      String date,
      String unitPrice,
      String customer,
      String country) {}
}
