package io.streamkeep.importer;

import java.util.List;

/** The rows of one invoice number in file order; at least one. */
record Invoice(String number, List<Row> rows) {

  boolean isReturn() {
    return number.startsWith("C");
  }

  /** The fields of a row as text. */
  record Row(
      String sku,
      String description,
      String quantity,
      String unitPrice,
      String customer,
      String country) {}
}
