package io.streamkeep.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext;
import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.kernel.Subscriber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A function that takes in the events table's stream, in this process, with a log that nobody has.
 */
final class LocalFunction extends StreamHandler {

  private static final String DONE = "{\"batchItemFailures\":[]}";
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final long TIMEOUT = Duration.ofMinutes(1).toMillis();

  LocalFunction(List<Subscriber> subscribers) {
    super(
        subscribers,
        pointer -> {
          throw new IllegalStateException("To be parked: " + pointer);
        },
        InstantSource.system());
  }

  /** Hands it an event, all of which it must take in. */
  void invoke(Batch batch) throws IOException {
    InputStream event = new ByteArrayInputStream(batch.event().getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Context context =
        new LambdaContext(
            0,
            InstantSource.system().millis() + TIMEOUT,
            "",
            "",
            "",
            "",
            null,
            "",
            "",
            "",
            "",
            null);
    PrintStream out = System.out; // where a function's log is
    System.setOut(NOWHERE);
    try {
      handleRequest(event, answer, context);
    } finally {
      System.setOut(out);
    }
    if (!answer.toString(StandardCharsets.UTF_8).equals(DONE)) {
      throw new IllegalStateException("Not what was to be measured: " + answer);
    }
  }
}
