package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.template.FunctionSpec;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Part of a batch that a mapping discards.
 *
 * @param condition RetryAttemptsExhausted or RecordAgeExceeded
 * @param last the last invocation's result, if there was one
 */
record DiscardedBatch(
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

  /**
   * The message to the on-failure destination, which does not contain the records.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Its
   *     shape</a>
   */
  String message() {
    JsonObject first = records.getFirst();
    JsonObject end = records.getLast();
    return """
    {"requestContext":{"requestId":"%s","functionArn":"%s","condition":"%s",\
    "approximateInvokeCount":%d},\
    "responseContext":{"statusCode":200,"executedVersion":"%s"%s},\
    "version":"1.0","timestamp":"%s",\
    "DDBStreamBatchInfo":{"shardId":"%s","startSequenceNumber":"%s","endSequenceNumber":"%s",\
    "approximateArrivalOfFirstRecord":"%s","approximateArrivalOfLastRecord":"%s",\
    "batchSize":%d,"streamArn":"%s"}}\
    """
        .formatted(
            last.map(InvocationResult::requestId).orElseGet(() -> UUID.randomUUID().toString()),
            function.arn(),
            condition,
            invocations,
            function.version(),
            last.filter(InvocationResult::failed).isPresent()
                ? ",\"functionError\":\"Unhandled\""
                : "",
            MILLIS.format(Instant.now()),
            shard,
            RecordJson.sequenceNumber(first),
            RecordJson.sequenceNumber(end),
            RecordJson.created(first),
            RecordJson.created(end),
            records.size(),
            streamArn);
  }
}
