package io.streamkeep.e2e.support;

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

/** The log lines of a local cloud's functions. */
public final class FunctionLog implements Consumer<String> {

  /** An exception thrown by a handler, for which the runtime writes a separate line. */
  private static final String THROWN = "io.streamkeep.aws.lambda.LambdaHandler$InvocationFailed";

  /** The runtime's name for the request id; functions write {@code requestId}. */
  private static final String RUNTIME_FIELD = "\"AWSRequestId\"";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(String line) {
    System.out.println(line);
    lines.add(line);
  }

  /** Forgets all lines so far. */
  public void clear() {
    lines.clear();
  }

  /** All lines so far, including those of the runtime. */
  public List<String> all() {
    return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  /** The lines that the functions themselves wrote so far. */
  public List<String> functionLines() {
    return all().stream().filter(line -> !isOfRuntime(line)).toList();
  }

  private static boolean isOfRuntime(String line) {
    return line.contains(THROWN) && line.contains(RUNTIME_FIELD);
  }

  /** Waits for a line with this message that matches. */
  public JsonObject awaitLine(String message, Predicate<JsonObject> matches) {
    return await().until(() -> find(message, matches), Optional::isPresent).orElseThrow();
  }

  /** Waits for a line in which a field is this value, or a list that contains it. */
  public JsonObject awaitLine(String message, String field, String value) {
    return awaitLine(
        message,
        line ->
            switch (line.get(field)) {
              case JsonString text -> text.getString().equals(value);
              case JsonArray list -> list.toString().contains('"' + value + '"');
              case null, default -> false;
            });
  }

  private Optional<JsonObject> find(String message, Predicate<JsonObject> matches) {
    return lines(message).filter(matches).findFirst();
  }

  /** The lines with this message so far. */
  public Stream<JsonObject> lines(String message) {
    return functionLines().stream()
        .flatMap(line -> LogRule.parse(line).stream())
        .filter(line -> line.getString("message", "").equals(message));
  }
}
