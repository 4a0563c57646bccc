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

/** A function: it answers an event, and writes one line about it to its log. */
public abstract class LambdaHandler implements RequestStreamHandler {

  /** The time, for all that the function does. */
  protected final InstantSource clock;

  private final LogEvent about;

  /**
   * Makes a handler.
   *
   * @param about what the line of each invocation is about
   */
  protected LambdaHandler(LogEvent about, InstantSource clock) {
    this.about = about;
    this.clock = clock;
  }

  /**
   * Answers an event, and tells the line what is to be known of it.
   *
   * @param deadline when the invocation is ended, done or not
   */
  protected abstract JsonObject handle(JsonObject event, Instant deadline, LogLine line);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    LogLine line = LogLine.start(context, about, clock);
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

  /** Fails the invocation; Lambda logs and answers its text, so it has none of a foreign one. */
  private static final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailed() {
      super(
          "The invocation failed; the line of its request id in the log says why",
          null,
          false,
          false);
    }
  }
}
