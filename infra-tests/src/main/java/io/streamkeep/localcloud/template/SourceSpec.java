package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A source of a function's events, and how they are delivered. */
public sealed interface SourceSpec {
  String name();

  /**
   * A table's stream, read from its oldest record.
   *
   * @param table the table's logical id
   * @param partial true if the function reports the failed items (ReportBatchItemFailures)
   * @param retries the limit of a batch's retries; -1 for none
   * @param maxAge the age in seconds at which a record is discarded; -1 for none
   * @param onFailure the logical id of the queue that receives discarded batches' positions
   */
  record Stream(
      String name,
      String table,
      int batchSize,
      boolean partial,
      boolean bisect,
      int retries,
      int maxAge,
      Optional<String> onFailure)
      implements SourceSpec {}

  /**
   * A queue.
   *
   * @param queue the queue's logical id
   * @param partial true if the function reports the failed items (ReportBatchItemFailures)
   */
  record Queue(String name, String queue, int batchSize, boolean partial) implements SourceSpec {}

  /** An EventBridge rule that fires periodically, first after one period. */
  record Schedule(String name, Duration period) implements SourceSpec {}

  /** Reads a function's events. */
  static List<SourceSpec> read(Resource function, List<TableSpec> tables, List<QueueSpec> queues) {
    List<SourceSpec> sources = new ArrayList<>();
    function
        .properties()
        .path("Events")
        .properties()
        .forEach(
            event -> sources.add(read(event.getKey(), event.getValue(), function, tables, queues)));
    return List.copyOf(sources);
  }

  private static SourceSpec read(
      String name,
      JsonNode event,
      Resource function,
      List<TableSpec> tables,
      List<QueueSpec> queues) {
    JsonNode source = event.path("Properties");
    String at = "/Events/" + name + "/Properties";
    function.check(event.path("Type").asText(), at);
    boolean partial = source.has("FunctionResponseTypes");
    return switch (event.path("Type").asText()) {
      case "SQS" ->
          new Queue(
              name,
              queue(function, queues, at + "/Queue"),
              source.path("BatchSize").asInt(10),
              partial);
      case "Schedule" -> new Schedule(name, rate(source.path("Schedule").asText()));
      default ->
          new Stream(
              name,
              table(function, tables, at + "/Stream"),
              source.path("BatchSize").asInt(100),
              partial,
              source.path("BisectBatchOnFunctionError").asBoolean(),
              source.path("MaximumRetryAttempts").asInt(-1),
              source.path("MaximumRecordAgeInSeconds").asInt(-1),
              source.has("DestinationConfig")
                  ? Optional.of(
                      queue(function, queues, at + "/DestinationConfig/OnFailure/Destination"))
                  : Optional.empty());
    };
  }

  /** A queue's id. FIFO queues are refused, since the mappings do not support message groups. */
  private static String queue(Resource function, List<QueueSpec> queues, String property) {
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

  private static String table(Resource function, List<TableSpec> tables, String property) {
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
