package io.streamkeep.retail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a UCI Online Retail CSV, in strict UTF-8, into its invoices in order of first appearance.
 */
final class RetailCsv {

  static final List<String> HEADER =
      List.of(
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");

  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  private RetailCsv() {}

  static List<Invoice> read(byte[] file) throws BadFileException {
    Map<String, List<Row>> invoices = new LinkedHashMap<>();
    for (Row row : rows(decode(file))) {
      invoices.computeIfAbsent(row.invoice(), number -> new ArrayList<>()).add(row);
    }
    return invoices.entrySet().stream().map(e -> new Invoice(e.getKey(), e.getValue())).toList();
  }

  private static String decode(byte[] file) throws BadFileException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw BadFileException.at(lineOf(file, bytes.position()), "not UTF-8");
    }
  }

  private static long lineOf(byte[] file, int position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      if (file[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static List<Row> rows(String text) throws BadFileException {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      Iterator<CSVRecord> records = parser.iterator();
      header(records, parser);
      for (long line = nextLine(parser); hasNext(records, line); line = nextLine(parser)) {
        rows.add(row(line, records.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can't fail to be read", e);
    }
    return rows;
  }

  private static void header(Iterator<CSVRecord> records, CSVParser parser)
      throws BadFileException {
    long line = nextLine(parser);
    if (!hasNext(records, line) || !records.next().toList().equals(HEADER)) {
      throw BadFileException.at(line, "the header must be " + String.join(",", HEADER));
    }
  }

  private static long nextLine(CSVParser parser) {
    return parser.getCurrentLineNumber() + 1;
  }

  private static boolean hasNext(Iterator<CSVRecord> records, long line) throws BadFileException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw BadFileException.at(line, "a quoted field that does not end as it should");
    }
  }

  private static Row row(long line, CSVRecord fields) throws BadFileException {
    if (fields.size() != HEADER.size()) {
      throw BadFileException.at(
          line, "%d fields instead of %d".formatted(fields.size(), HEADER.size()));
    }
    if (fields.get(0).isBlank()) {
      throw BadFileException.at(line, "no InvoiceNo");
    }
    return new Row(
        line,
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(5),
        fields.get(6),
        fields.get(7));
  }
}
