package io.streamkeep.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The deadline that a handler is given. */
final class DeadlineTest {

  @Test
  void deadlineIsTheStartPlusTheRemainingTime() throws IOException {
    Instant start = Instant.parse("2026-03-01T10:15:30Z");
    List<Instant> deadlines = new ArrayList<>();
    LambdaHandler handler =
        new LambdaHandler(LogEvent.REQUEST, InstantSource.fixed(start)) {
          @Override
          protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
            deadlines.add(deadline);
            return event;
          }
        };

    handler.handleRequest(
        new ByteArrayInputStream("{}".getBytes(UTF_8)),
        new ByteArrayOutputStream(),
        TestContext.of("fn", "r-1"));

    assertThat(deadlines).containsExactly(start.plusSeconds(20));
  }
}
