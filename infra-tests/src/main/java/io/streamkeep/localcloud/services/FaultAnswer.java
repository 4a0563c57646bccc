package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.CallFaultException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error with which a fault answers a call, in the words of the service.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">
 *     Errors of DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">
 *     Conflicts of transactions</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
 *     Errors of SQS</a>
 */
record FaultAnswer(int status, Map<String, String> headers, String json) {
  private static final String DYNAMO_DB = "com.amazonaws.dynamodb.v20120810#";
  private static final String BUSY = "Transaction is ongoing for the item";

  /** Empty for a fault whose call is not answered with an error. */
  static Optional<FaultAnswer> of(
      CallFaultException fault, Protocol protocol, String operation, JsonObject request) {
    boolean sqs = protocol == Protocol.SQS;
    int items =
        request.getOrDefault("TransactItems", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().size();
    return switch (fault.kind()) {
      case THROTTLE ->
          Optional.of(
              sqs
                  ? sqs(403, "RequestThrottled", "Sender", "The request was throttled.")
                  : throttled(fault, items));
      case UNAVAILABLE ->
          Optional.of(
              sqs
                  ? sqs(503, "ServiceUnavailable", "Receiver", "The service is unavailable.")
                  : dynamoDb(500, "InternalServerError", "An error occurred on the server side."));
      case CONFLICT ->
          Optional.of(
              items == 0
                  ? dynamoDb(400, "TransactionConflictException", BUSY)
                  : transactionConflict(fault, operation, items));
      default -> Optional.empty();
    };
  }

  /** A transaction may also be cancelled, which SDKs do not retry. */
  private static FaultAnswer throttled(CallFaultException fault, int items) {
    int form = fault.choose(items + 1);
    return form == 0
        ? dynamoDb(
            400,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.")
        : cancelled(items, form - 1, "ThrottlingError", "Throughput exceeds the current capacity.");
  }

  /** One of its items is in another transaction, or the write itself is in progress already. */
  private static FaultAnswer transactionConflict(
      CallFaultException fault, String operation, int items) {
    int busy = fault.choose(items + 1);
    return busy == items && operation.endsWith("TransactWriteItems")
        ? dynamoDb(
            400,
            "TransactionInProgressException",
            "The transaction with the given request token is already in progress.")
        : cancelled(items, busy % items, "TransactionConflict", BUSY);
  }

  /** Cancels a transaction for one of its items. */
  private static FaultAnswer cancelled(int items, int item, String code, String message) {
    List<String> codes = new ArrayList<>(Collections.nCopies(items, "None"));
    codes.set(item, code);
    JsonArrayBuilder reasons = Json.createArrayBuilder();
    for (String each : codes) {
      JsonObjectBuilder reason = Json.createObjectBuilder().add("Code", each);
      reasons.add(each.equals(code) ? reason.add("Message", message) : reason);
    }
    return dynamoDb(
        400,
        error(
                "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons "
                    + codes)
            .add("CancellationReasons", reasons));
  }

  private static FaultAnswer dynamoDb(int status, String type, String message) {
    return dynamoDb(status, error(type, message));
  }

  private static FaultAnswer dynamoDb(int status, JsonObjectBuilder error) {
    return new FaultAnswer(status, Map.of(), error.build().toString());
  }

  private static JsonObjectBuilder error(String type, String message) {
    return Json.createObjectBuilder().add("__type", DYNAMO_DB + type).add("message", message);
  }

  private static FaultAnswer sqs(int status, String code, String side, String message) {
    return new FaultAnswer(
        status,
        Protocol.errorHeaders(code, side),
        Json.createObjectBuilder()
            .add("__type", "com.amazonaws.sqs#" + code)
            .add("message", message)
            .build()
            .toString());
  }
}
