package io.streamkeep.e2e;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the functions of a local cloud write. */
final class FunctionLog implements Consumer<String> {

  /** What a runtime writes of an exception that a handler throws. */
  private static final String THROWN = "io.streamkeep.aws.lambda.EventHandler$InvocationFailed: ";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(String line) {
    System.out.println(line);
    lines.add(line);
  }

  /** All lines, also those that the runtime wrote. */
  List<String> all() {
    return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  List<String> written() {
    return all().stream().filter(line -> !line.startsWith(THROWN)).toList();
  }

  /** Waits for a line. */
  JsonObject line(String message, Predicate<JsonObject> is) {
    return await().until(() -> find(message, is), Optional::isPresent).orElseThrow();
  }

  /** Waits for a line in which a field has a value, or is a list with it. */
  JsonObject line(String message, String field, String value) {
    return line(
        message,
        line ->
            switch (line.get(field)) {
              case JsonString text -> text.getString().equals(value);
              case JsonArray list -> list.toString().contains('"' + value + '"');
              case null, default -> false;
            });
  }

  private Optional<JsonObject> find(String message, Predicate<JsonObject> is) {
    return lines(message).filter(is).findFirst();
  }

  /** Those that there are by now. */
  Stream<JsonObject> lines(String message) {
    return written().stream()
        .flatMap(line -> LogRule.parse(line).stream())
        .filter(line -> line.getString("message", "").equals(message));
  }
}
