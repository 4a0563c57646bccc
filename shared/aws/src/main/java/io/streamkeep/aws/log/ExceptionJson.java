package io.streamkeep.aws.log;

import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * An exception and its causes for the log, without their messages, which may quote payload: types
 * and stack frames, and for AWS exceptions the status, error code, request id and cancellation
 * reasons of a transaction. Only {@link UnreadableException} guarantees a message without payload,
 * so its message is logged.
 */
final class ExceptionJson {

  private static final int MAX_CAUSES = 10;

  /** Enough to reach from inside the SDK to the function. */
  private static final int MAX_FRAMES = 100;

  private ExceptionJson() {}

  static JsonArray of(Throwable failure) {
    JsonArrayBuilder chain = Json.array();
    StackTraceElement[] around = {};
    @Nullable Throwable next = failure;
    for (int i = 0; i < MAX_CAUSES && next != null; i++) {
      chain.add(one(next, around));
      around = next.getStackTrace();
      next = next.getCause();
    }
    return chain.build();
  }

  private static JsonObjectBuilder one(Throwable failure, StackTraceElement[] around) {
    JsonObjectBuilder json = Json.object().add("type", failure.getClass().getName());
    if (failure instanceof UnreadableException unreadable && unreadable.getMessage() != null) {
      json.add("detail", unreadable.getMessage());
    }
    if (failure instanceof AwsServiceException aws) {
      add(json, aws);
    }
    JsonArrayBuilder frames = Json.array();
    StackTraceElement[] trace = failure.getStackTrace();
    Arrays.stream(trace)
        .limit(Math.min(MAX_FRAMES, trace.length - common(trace, around)))
        .forEach(frame -> frames.add(frame.toString()));
    return json.add("frames", frames);
  }

  /** Number of frames at the end of a cause's trace that the enclosing exception also has. */
  private static int common(StackTraceElement[] cause, StackTraceElement[] around) {
    int same = 0;
    while (same < Math.min(cause.length, around.length)
        && cause[cause.length - 1 - same].equals(around[around.length - 1 - same])) {
      same++;
    }
    return same;
  }

  /** Only the code: message and item may contain payload. */
  private static String code(CancellationReason reason) {
    return Objects.requireNonNullElse(reason.code(), "None");
  }

  private static void add(JsonObjectBuilder json, AwsServiceException aws) {
    json.add("awsStatus", aws.statusCode());
    AwsErrorDetails details = aws.awsErrorDetails();
    if (details != null && details.errorCode() != null) {
      json.add("awsErrorCode", details.errorCode());
    }
    if (aws.requestId() != null) {
      json.add("awsRequestId", aws.requestId());
    }
    if (aws instanceof TransactionCanceledException cancelled) {
      JsonArrayBuilder reasons = Json.array();
      cancelled.cancellationReasons().forEach(reason -> reasons.add(code(reason)));
      json.add("awsCancellations", reasons);
    }
  }
}
