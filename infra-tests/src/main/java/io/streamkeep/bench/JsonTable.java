package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of JSON objects, one in each row; each column is as wide as its widest cell. */
final class JsonTable {

  private final List<Column> columns = new ArrayList<>();

  private record Column(String heading, JsonPointer value, String format) {}

  /** Adds a left-aligned column of strings. */
  JsonTable label(String key) {
    return column("", "/" + key, "-");
  }

  /**
   * Adds a right-aligned column; a cell without a value is empty.
   *
   * @param pointer to a number or to a {@link MedianRange}
   * @param format of its numbers
   */
  JsonTable column(String heading, String pointer, String format) {
    columns.add(new Column(heading, Json.createPointer(pointer), format));
    return this;
  }

  String text(List<JsonObject> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::heading).toList());
    rows.forEach(row -> lines.add(columns.stream().map(column -> cell(column, row)).toList()));
    List<String> formats = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      int width = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
      String left = columns.get(i).format().equals("-") ? "-" : "";
      formats.add("%" + left + Math.max(1, width) + "s");
    }
    return lines.stream().map(line -> line(formats, line)).collect(Collectors.joining());
  }

  private static String line(List<String> formats, List<String> cells) {
    return IntStream.range(0, cells.size())
            .mapToObj(i -> formats.get(i).formatted(cells.get(i)))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }

  private static String cell(Column column, JsonObject row) {
    JsonValue value = column.value.containsValue(row) ? column.value.getValue(row) : JsonValue.NULL;
    return switch (value) {
      case JsonString text -> text.getString();
      case JsonNumber number -> number(column.format, number);
      case JsonObject range ->
          "%s (%s to %s)"
              .formatted(
                  number(column.format, range.getJsonNumber("median")),
                  number(column.format, range.getJsonNumber("min")),
                  number(column.format, range.getJsonNumber("max")));
      default -> "";
    };
  }

  private static String number(String format, JsonNumber number) {
    return String.format(Locale.ROOT, format, number.doubleValue());
  }
}
