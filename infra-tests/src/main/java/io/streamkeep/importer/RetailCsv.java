package io.streamkeep.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.importer.Invoice.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a UCI Online Retail CSV (strict UTF-8, with or without a byte order mark) into invoices in
 * order of first appearance. Blank lines are skipped.
 */
final class RetailCsv {

  static final List<String> HEADER =
      List.of(
          "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
              .split(",", -1));

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private RetailCsv() {}

  static List<Invoice> read(byte[] file) throws InvalidFileException {
    Map<String, List<Row>> invoices = new LinkedHashMap<>();
    long line = 1;
    boolean headerRead = false;
    try (CSVParser parser = CSVParser.parse(decode(file), CSVFormat.RFC4180)) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        CSVRecord fields = records.next();
        if (!isBlank(fields)) {
          if (headerRead) {
            Row row = row(line, fields);
            invoices.computeIfAbsent(fields.get(0), number -> new ArrayList<>()).add(row);
          } else {
            requireHeader(line, fields.toList());
            headerRead = true;
          }
        }
        line = parser.getCurrentLineNumber() + 1;
      }
      if (!headerRead) {
        requireHeader(1, List.of());
      }
    } catch (IOException | UncheckedIOException e) {
      throw InvalidFileException.at(line, "a quoted field that does not end as it should");
    }
    return invoices.entrySet().stream().map(e -> new Invoice(e.getKey(), e.getValue())).toList();
  }

  private static boolean isBlank(CSVRecord fields) {
    return fields.size() == 1 && fields.get(0).isBlank();
  }

  private static void requireHeader(long line, List<String> fields) throws InvalidFileException {
    if (!fields.equals(HEADER)) {
      throw InvalidFileException.at(line, "the header must be " + String.join(",", HEADER));
    }
  }

  private static String decode(byte[] file) throws InvalidFileException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      String text = UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      long lineBreaks = IntStream.range(0, bytes.position()).filter(i -> file[i] == '\n').count();
      throw InvalidFileException.at(1 + lineBreaks, "not UTF-8");
    }
  }

  private static Row row(long line, CSVRecord fields) throws InvalidFileException {
    if (fields.size() != HEADER.size()) {
      throw InvalidFileException.at(
          line, "%d fields instead of %d".formatted(fields.size(), HEADER.size()));
    }
    if (fields.get(0).isBlank()) {
      throw InvalidFileException.at(line, "no InvoiceNo");
    }
    return new Row(
        line,
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        fields.get(5),
        fields.get(6),
        fields.get(7));
  }
}
