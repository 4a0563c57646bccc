package io.streamkeep.bench;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Renders a JSON report as text: a table for each array and object, then texts and numbers. */
final class TextReport {

  private TextReport() {}

  static String of(JsonNode report) {
    StringBuilder tables = new StringBuilder();
    StringBuilder texts = new StringBuilder("\n");
    List<String> numbers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : report.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (value.isNumber()) {
        numbers.add(cell(value) + " " + name);
      } else if (value.isValueNode()) {
        texts.append("%s: %s%n".formatted(name, value.asText()));
      } else if (!value.isEmpty()) {
        List<Map<String, String>> rows = new ArrayList<>();
        addRows("", value, rows);
        tables.append("%n%s:%n%n%s".formatted(name, table(rows)));
      }
    }
    return tables + texts.toString() + String.join(", ", numbers) + ".\n";
  }

  private static boolean isCell(JsonNode value) {
    return value.isValueNode() || value.has("median");
  }

  /** Adds a row for an object, then one for each nested object, labelled with its name. */
  private static void addRows(String label, JsonNode value, List<Map<String, String>> rows) {
    if (value.isArray()) {
      value.forEach(each -> addRows(label, each, rows));
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>(Map.of("", label));
    value.properties().stream()
        .filter(member -> isCell(member.getValue()))
        .forEach(member -> cells.put(member.getKey(), cell(member.getValue())));
    if (cells.size() > 1) {
      rows.add(cells);
    }
    value.properties().stream()
        .filter(member -> !isCell(member.getValue()))
        .forEach(m -> addRows((label + " " + m.getKey()).strip(), m.getValue(), rows));
  }

  private static String cell(JsonNode value) {
    if (value.has("median")) {
      return "%s (%s to %s)"
          .formatted(cell(value.get("median")), cell(value.get("min")), cell(value.get("max")));
    }
    return value.isDouble()
        ? String.format(Locale.ROOT, "%.2f", value.doubleValue())
        : value.asText();
  }

  private static String table(List<Map<String, String>> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    List<List<String>> columns = names.stream().map(name -> column(name, rows)).toList();
    return IntStream.rangeClosed(0, rows.size())
        .mapToObj(i -> columns.stream().map(cells -> cells.get(i)).collect(joining("  ")))
        .map(line -> line.stripTrailing() + "\n")
        .collect(joining());
  }

  /** The heading and the cells, all of the same width. */
  private static List<String> column(String name, List<Map<String, String>> rows) {
    List<String> cells = new ArrayList<>(List.of(name));
    rows.forEach(row -> cells.add(row.getOrDefault(name, "")));
    int width = cells.stream().mapToInt(String::length).max().orElseThrow();
    return cells.stream().map(cell -> cell + " ".repeat(width - cell.length())).toList();
  }
}
