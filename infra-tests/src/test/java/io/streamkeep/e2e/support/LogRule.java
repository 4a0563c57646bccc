package io.streamkeep.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.kernel.metadata.Timestamp;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The rule for log lines: JSON objects with known fields only, and without any marked text, which
 * stands for personal data.
 */
public final class LogRule {

  private static final Set<String> ALWAYS =
      Set.of("timestamp", "level", "message", "function", "requestId", "traceId", "durationMs");

  private static final Map<String, Set<String>> BY_MESSAGE =
      Map.of(
          "Request",
              Set.of("method", "route", "status", "outcome", "apiRequestId", "correlationId"),
          "Batch", Set.of("records"),
          "Parked", Set.of("subscriber", "stream", "commit", "failure", "Parked"),
          "Batch failed", Set.of("stream", "commit", "failure", "BatchFailures"),
          "Redelivery", Set.of("receives", "outcome"),
          "Reconciliation",
              Set.of("pages", "commits", "foreign", "compared", "missed", "resent", "outcome"),
          "Repaired", Set.of("stream", "commit", "records", "parked", "outcome", "Repaired"));

  private static final Set<String> SOMETIMES =
      Set.of(
          "stream",
          "commit",
          "correlationId",
          "correlationIds",
          "causationId",
          "causationIds",
          "w3cTraceId",
          "w3cTraceIds",
          "tenantId",
          "tenantIds",
          "subscriber",
          "failure",
          "records",
          "parked",
          "failed",
          "_aws",
          "FunctionName");

  private static final Set<String> METRICS =
      Set.of(
          "Rejected",
          "TransactionConflicts",
          "SnapshotsLeftOut",
          "Throttled",
          "Conflicts",
          "RetriesExhausted",
          "Unavailable",
          "Failures",
          "Applied",
          "Parked",
          "BatchFailures",
          "ForeignRecords",
          "RedeliveryFailures",
          "Repaired");

  private static final Set<String> FAILURE_FIELDS =
      Set.of(
          "type",
          "detail",
          "frames",
          "awsStatus",
          "awsErrorCode",
          "awsRequestId",
          "awsCancellations");

  private final String mark;
  private final List<String> encoded;

  /**
   * Creates the rule.
   *
   * @param mark lower-case text that is part of everything that must not be logged
   */
  public LogRule(String mark) {
    this.mark = mark;
    this.encoded = IntStream.range(0, 3).mapToObj(before -> base64(mark, before)).toList();
  }

  /** The base64 characters that encode the mark alone when this many bytes precede it. */
  private static String base64(String mark, int before) {
    String text = "x".repeat(before) + mark;
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    return encoded.substring((before * 8 + 5) / 6, text.length() * 8 / 6);
  }

  public static Optional<JsonObject> parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return Optional.of(reader.readObject());
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /** The violations in a line; empty if the line may be logged. */
  public List<String> violations(String line) {
    List<String> wrong = new ArrayList<>();
    if (line.toLowerCase(Locale.ROOT).contains(mark) || encoded.stream().anyMatch(line::contains)) {
      wrong.add("is marked");
    }
    parse(line).ifPresentOrElse(json -> check(json, wrong), () -> wrong.add("is not JSON"));
    return wrong;
  }

  private static void check(JsonObject json, List<String> wrong) {
    Set<String> required = BY_MESSAGE.get(json.getString("message", ""));
    if (required == null) {
      wrong.add("has no known message");
      return;
    }
    Set<String> missing = new TreeSet<>(ALWAYS);
    if (!isUnreadEvent(json)) {
      missing.addAll(required);
    }
    missing.removeAll(json.keySet());
    missing.forEach(name -> wrong.add("lacks " + name));
    Set<String> unknown = new TreeSet<>(json.keySet());
    List.of(ALWAYS, required, SOMETIMES, METRICS).forEach(unknown::removeAll);
    unknown.forEach(name -> wrong.add("has " + name));
    if (!isTime(json.getString("timestamp", ""))) {
      wrong.add("has no time");
    }
    checkFailure(json, wrong);
    checkMetrics(json, wrong);
  }

  /** An event that could not be parsed, so that no field of it can be logged. */
  private static boolean isUnreadEvent(JsonObject json) {
    return json.containsKey("Failures") && !json.containsKey("status");
  }

  private static boolean isTime(String text) {
    try {
      return Timestamp.format(Instant.parse(text)).equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static void checkFailure(JsonObject json, List<String> wrong) {
    String level = json.containsKey("failure") ? "ERROR" : "INFO";
    if (!json.getString("level", "").equals(level)) {
      wrong.add("is not of level " + level);
    }
    for (JsonValue one : json.getOrDefault("failure", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
      if (!FAILURE_FIELDS.containsAll(one.asJsonObject().keySet())) {
        wrong.add("has an unknown failure field");
      }
    }
  }

  /** Checks the part of CloudWatch's embedded metric format that the functions use. */
  private static void checkMetrics(JsonObject json, List<String> wrong) {
    Set<String> counted = new TreeSet<>(json.keySet());
    counted.retainAll(METRICS);
    Set<String> declared = new TreeSet<>();
    if (json.get("_aws") instanceof JsonObject aws) {
      JsonObject directive = aws.getJsonArray("CloudWatchMetrics").getJsonObject(0);
      JsonArray dimensions = directive.getJsonArray("Dimensions").getJsonArray(0);
      directive.getJsonArray("Metrics").stream()
          .map(metric -> metric.asJsonObject().getString("Name"))
          .forEach(declared::add);
      boolean sound =
          directive.getString("Namespace").equals("Streamkeep")
              && dimensions.equals(Json.createArrayBuilder().add("FunctionName").build())
              && json.get("FunctionName") instanceof JsonString
              && aws.get("Timestamp") instanceof JsonNumber
              && counted.stream().allMatch(name -> json.get(name) instanceof JsonNumber);
      if (!sound) {
        wrong.add("is an invalid metric");
      }
    }
    if (!declared.equals(counted)) {
      wrong.add("counts " + counted + " and declares " + declared);
    }
  }
}
