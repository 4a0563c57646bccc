package io.streamkeep.aws.log;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An exception and its causes without what they say, since messages quote what they complain about:
 * their types and frames, and from AWS the error's code and the request's id. Only {@link
 * UnreadableException} promises a message without payload, and is quoted.
 */
final class Failure {

  private static final int MAX_CAUSES = 10;
  private static final int MAX_FRAMES = 30;

  private Failure() {}

  static JsonArray of(Throwable failure) {
    JsonArrayBuilder chain = Json.array();
    @Nullable Throwable next = failure;
    for (int i = 0; i < MAX_CAUSES && next != null; i++) {
      chain.add(one(next));
      next = next.getCause();
    }
    return chain.build();
  }

  private static JsonObjectBuilder one(Throwable failure) {
    JsonObjectBuilder json = Json.object().add("type", failure.getClass().getName());
    if (failure instanceof UnreadableException unreadable && unreadable.getMessage() != null) {
      json.add("detail", unreadable.getMessage());
    }
    if (failure instanceof AwsServiceException aws) {
      add(json, aws);
    }
    JsonArrayBuilder frames = Json.array();
    Arrays.stream(failure.getStackTrace())
        .limit(MAX_FRAMES)
        .forEach(frame -> frames.add(frame.toString()));
    return json.add("frames", frames);
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
  }
}
