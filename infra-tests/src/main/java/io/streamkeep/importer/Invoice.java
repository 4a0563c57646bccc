package io.streamkeep.importer;

import java.util.List;

/** The rows of one invoice number in file order; at least one. */
record Invoice(String number, List<Row> rows) {

  boolean isReturn() {
    return number.startsWith("C");
  }

  /** A row's fields as text, with the line that it starts on, counted from 1. */
  record Row(
      long line,
      String invoice,
      String sku,
      String description,
      String quantity,
      String unitPrice,
      String customer,
      String country) {}
}
