package io.streamkeep.testkit.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;

/** The context of an invocation without a runtime, with 20 seconds left. */
public final class FakeContext {

  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getFunctionName" -> "function";
                    case "getAwsRequestId" -> "request-1";
                    case "getRemainingTimeInMillis" -> 20_000;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  private FakeContext() {}

  /** Invokes a function and returns its response. */
  public static JsonObject invoke(RequestStreamHandler function, JsonObject event) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      function.handleRequest(new ByteArrayInputStream(Json.bytes(event)), response, CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.read(new ByteArrayInputStream(response.toByteArray()));
  }

  /** The log line of an invocation. */
  public static LogLine line(LogEvent event, InstantSource clock) {
    return LogLine.start(CONTEXT, event, clock);
  }
}
