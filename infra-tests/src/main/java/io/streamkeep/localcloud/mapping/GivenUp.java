package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.template.FunctionSpec;


import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Part of a batch that a mapping gave up, as its on-failure destination hears of it: without the
 * records.
 *
 * @param condition RetryAttemptsExhausted or RecordAgeExceeded
 * @param last how the last invocation ended, if there was one
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">The
 *     shape</a>
 */
record GivenUp(
    FunctionSpec function,
    String condition,
    int invocations,
    Optional<InvocationResult> last,
    String shard,
    String streamArn,
    List<JsonObject> records) {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  String message() {
    return Json.createObjectBuilder()
        .add("requestContext", requestContext())
        .add("responseContext", responseContext())
        .add("version", "1.0")
        .add("timestamp", MILLIS.format(Instant.now()))
        .add("DDBStreamBatchInfo", batch())
        .build()
        .toString();
  }

  private JsonObjectBuilder requestContext() {
    return Json.createObjectBuilder()
        .add(
            "requestId",
            last.map(InvocationResult::requestId).orElseGet(() -> UUID.randomUUID().toString()))
        .add("functionArn", function.arn())
        .add("condition", condition)
        .add("approximateInvokeCount", invocations);
  }

  private JsonObjectBuilder responseContext() {
    JsonObjectBuilder context =
        Json.createObjectBuilder()
            .add("statusCode", 200)
            .add("executedVersion", function.version());
    return last.filter(InvocationResult::failed).isPresent()
        ? context.add("functionError", "Unhandled")
        : context;
  }

  private JsonObjectBuilder batch() {
    JsonObject first = records.getFirst();
    JsonObject end = records.getLast();
    return Json.createObjectBuilder()
        .add("shardId", shard)
        .add("startSequenceNumber", RecordJson.sequenceNumber(first))
        .add("endSequenceNumber", RecordJson.sequenceNumber(end))
        .add("approximateArrivalOfFirstRecord", RecordJson.created(first).toString())
        .add("approximateArrivalOfLastRecord", RecordJson.created(end).toString())
        .add("batchSize", records.size())
        .add("streamArn", streamArn);
  }
}
