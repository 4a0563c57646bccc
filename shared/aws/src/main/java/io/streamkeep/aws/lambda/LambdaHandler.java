package io.streamkeep.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;

/** A Lambda function that logs one line for each invocation. */
public abstract class LambdaHandler implements RequestStreamHandler {

  /** The only source of time in the function. */
  protected final InstantSource clock;

  private final LogEvent logEvent;

  /**
   * Logs invocations under a name.
   *
   * @param logEvent the message of each invocation's line
   */
  protected LambdaHandler(LogEvent logEvent, InstantSource clock) {
    this.logEvent = logEvent;
    this.clock = clock;
  }

  /**
   * Handles an event and adds to the invocation's log line.
   *
   * @param deadline when Lambda ends the invocation
   */
  protected abstract JsonObject handle(JsonObject event, Instant deadline, LogLine line);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    LogLine line = LogLine.start(context, logEvent, clock);
    try {
      Instant deadline = clock.instant().plusMillis(context.getRemainingTimeInMillis());
      Json.write(handle(Json.read(input), deadline, line), output);
    } catch (RuntimeException e) {
      line.failure(e).count(Metric.FAILURES, 1);
      throw new InvocationFailed();
    } finally {
      line.write();
    }
  }

  /** Fails the invocation without the cause's message, which Lambda would log and return. */
  private static final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailed() {
      super("The invocation failed; see the log line with its request id", null, false, false);
    }
  }
}
