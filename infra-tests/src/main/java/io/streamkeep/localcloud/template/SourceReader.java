package io.streamkeep.localcloud.template;

import java.util.List;
import java.util.Optional;

/** A function's events: a table's stream, a queue or a schedule. */
final class SourceReader {
  private final List<TableSpec> tables;
  private final List<QueueSpec> queues;

  SourceReader(List<TableSpec> tables, List<QueueSpec> queues) {
    this.tables = tables;
    this.queues = queues;
  }

  SourceSpec read(String name, Value event) {
    event.only("event", "Type", "Properties");
    Value properties = event.need("Properties");
    return switch (event.need("Type").oneOf("DynamoDB", "SQS", "Schedule")) {
      case "SQS" -> queue(name, properties);
      case "Schedule" -> schedule(name, properties);
      default -> stream(name, properties);
    };
  }

  private SourceSpec queue(String name, Value event) {
    event.only("event", "Queue", "BatchSize", "FunctionResponseTypes");
    return new SourceSpec.Queue(
        name,
        queue(event.need("Queue")),
        number(event.find("BatchSize"), 1, 10, 10),
        partial(event));
  }

  private static SourceSpec schedule(String name, Value event) {
    event.only("event", "Schedule");
    return new SourceSpec.Schedule(name, Rate.read(event.need("Schedule")));
  }

  private SourceSpec stream(String name, Value event) {
    event.only(
        "event",
        "Stream",
        "StartingPosition",
        "BatchSize",
        "FunctionResponseTypes",
        "BisectBatchOnFunctionError",
        "MaximumRetryAttempts",
        "MaximumRecordAgeInSeconds",
        "DestinationConfig");
    event.need("StartingPosition").oneOf("TRIM_HORIZON");
    return new SourceSpec.Stream(
        name,
        table(event.need("Stream")),
        number(event.find("BatchSize"), 1, 1000, 100),
        partial(event),
        event.find("BisectBatchOnFunctionError").map(Value::flag).orElse(false),
        number(event.find("MaximumRetryAttempts"), -1, 10_000, -1),
        number(event.find("MaximumRecordAgeInSeconds"), -1, 604_800, -1),
        event.find("DestinationConfig").map(this::destination));
  }

  private String destination(Value config) {
    config.only("DestinationConfig", "OnFailure");
    config.need("OnFailure").only("OnFailure", "Destination");
    return queue(config.need("OnFailure").need("Destination"));
  }

  /** Lambda brings a FIFO queue group by group, which a queue is not brought here. */
  private String queue(Value arn) {
    QueueSpec queue =
        queues.stream()
            .filter(one -> Names.arn("sqs", one.name()).equals(arn.text()))
            .findFirst()
            .orElseThrow(() -> arn.refuse("this is not the ARN of a queue of the template"));
    if (queue.isFifo()) {
      throw arn.refuse("a FIFO queue is not supported here");
    }
    return queue.id();
  }

  private String table(Value arn) {
    return tables.stream()
        .filter(table -> table.streams() && Names.streamArn(table.id()).equals(arn.text()))
        .map(TableSpec::id)
        .findFirst()
        .orElseThrow(() -> arn.refuse("this is not the stream of a table of the template"));
  }

  private static int number(Optional<Value> value, int from, int to, int otherwise) {
    return value.map(number -> number.number(from, to)).orElse(otherwise);
  }

  private static boolean partial(Value event) {
    List<Value> types = event.find("FunctionResponseTypes").map(Value::items).orElse(List.of());
    types.forEach(type -> type.oneOf("ReportBatchItemFailures"));
    return !types.isEmpty();
  }
}
