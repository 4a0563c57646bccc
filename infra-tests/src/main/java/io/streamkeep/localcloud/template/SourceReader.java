package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a function's events: a table's stream, a queue or a schedule. */
final class SourceReader {
  private final List<TableSpec> tables;
  private final List<QueueSpec> queues;

  SourceReader(List<TableSpec> tables, List<QueueSpec> queues) {
    this.tables = tables;
    this.queues = queues;
  }

  List<SourceSpec> read(Resource function) {
    List<SourceSpec> sources = new ArrayList<>();
    function
        .properties()
        .path("Events")
        .properties()
        .forEach(event -> sources.add(read(event.getKey(), event.getValue(), function)));
    return List.copyOf(sources);
  }

  private SourceSpec read(String name, JsonNode event, Resource function) {
    JsonNode source = event.path("Properties");
    String at = "/Events/" + name + "/Properties";
    function.check(event.path("Type").asText(), at);
    boolean partial = source.has("FunctionResponseTypes");
    return switch (event.path("Type").asText()) {
      case "SQS" ->
          new SourceSpec.Queue(
              name, queue(function, at + "/Queue"), source.path("BatchSize").asInt(10), partial);
      case "Schedule" -> new SourceSpec.Schedule(name, rate(source.path("Schedule").asText()));
      default ->
          new SourceSpec.Stream(
              name,
              table(function, at + "/Stream"),
              source.path("BatchSize").asInt(100),
              partial,
              source.path("BisectBatchOnFunctionError").asBoolean(),
              source.path("MaximumRetryAttempts").asInt(-1),
              source.path("MaximumRecordAgeInSeconds").asInt(-1),
              source.has("DestinationConfig")
                  ? Optional.of(queue(function, at + "/DestinationConfig/OnFailure/Destination"))
                  : Optional.empty());
    };
  }

  /** A queue's id. FIFO queues are refused: the mappings know no message groups. */
  private String queue(Resource function, String property) {
    String arn = function.properties().at(property).asText();
    QueueSpec queue =
        queues.stream()
            .filter(each -> PhysicalNames.arn("sqs", each.name()).equals(arn))
            .findFirst()
            .orElseThrow(
                () -> function.refuse(property, "this is not the ARN of a queue of the template"));
    if (queue.isFifo()) {
      throw function.refuse(property, "a FIFO queue is not supported here");
    }
    return queue.id();
  }

  private String table(Resource function, String property) {
    String arn = function.properties().at(property).asText();
    return tables.stream()
        .filter(each -> each.streams() && PhysicalNames.streamArn(each.id()).equals(arn))
        .map(TableSpec::id)
        .findFirst()
        .orElseThrow(
            () -> function.refuse(property, "this is not the stream of a table of the template"));
  }

  /** The period of an EventBridge rate expression, for example {@code rate(5 minutes)}. */
  private static Duration rate(String expression) {
    String[] words = expression.split("[( )]", -1);
    String unit = words[2].toUpperCase(Locale.ROOT);
    return Duration.of(
        Long.parseLong(words[1]), ChronoUnit.valueOf(unit.endsWith("S") ? unit : unit + "S"));
  }
}
