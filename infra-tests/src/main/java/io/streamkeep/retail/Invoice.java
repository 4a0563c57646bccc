package io.streamkeep.retail;

import java.util.List;

/** The rows that share an invoice number, in the file's order; at least one. */
record Invoice(String number, List<Row> rows) {

  Invoice {
    rows = List.copyOf(rows);
  }

  boolean isReturn() {
    return number.startsWith("C");
  }
}
