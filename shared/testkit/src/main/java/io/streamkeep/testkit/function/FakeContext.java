package io.streamkeep.testkit.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The context of an invocation without a runtime, with 20 seconds left. */
public final class FakeContext implements Context {

  /** Invokes a function and returns its response. */
  public static JsonObject invoke(RequestStreamHandler function, JsonObject event) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(Json.bytes(event)), response, new FakeContext());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.read(new ByteArrayInputStream(response.toByteArray()));
  }

  /** The log line of an invocation. */
  public static LogLine line(LogEvent event, InstantSource clock) {
    return LogLine.start(new FakeContext(), event, clock);
  }

  @Override
  public String getAwsRequestId() {
    return "request-1";
  }

  @Override
  public String getFunctionName() {
    return "function";
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 20_000;
  }

  @Override
  public String getLogGroupName() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getLogStreamName() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getFunctionVersion() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getInvokedFunctionArn() {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    throw new UnsupportedOperationException();
  }

  @Override
  public LambdaLogger getLogger() {
    throw new UnsupportedOperationException();
  }
}
