package io.streamkeep.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LambdaHandlerTest {

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(before);
  }

  private void handle(LambdaHandler handler, String event) throws Exception {
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, TestContext.of("fn", "r-1"));
  }

  private JsonObject line() {
    assertThat(log.toString(UTF_8).lines()).hasSize(1);
    return Json.read(log.toString(UTF_8));
  }

  @Test
  void invocationLogsOneLine() throws Exception {
    handle(new Echo(), "{\"a\":1}");

    assertThat(answer.toString(UTF_8)).isEqualTo("{\"a\":1}");
    assertThat(line().getString("message")).isEqualTo("Batch");
    assertThat(line().getInt("records")).isEqualTo(1);
    assertThat(line().getString("timestamp")).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  /** Lambda itself logs an exception that a handler throws. */
  @Test
  void exceptionMessageReachesNeitherLogNorCaller() {
    Throwable thrown = catchThrowable(() -> handle(new Echo(), "{\"payload\":payload}"));

    assertThat(thrown).hasNoCause().hasMessageNotContaining("payload");
    assertThat(thrown.getStackTrace()).isEmpty();
    assertThat(log.toString(UTF_8)).doesNotContain("payload");
    assertThat(line().getString("level")).isEqualTo("ERROR");
    assertThat(line().getInt("Failures")).isEqualTo(1);
    assertThat(line().getJsonArray("failure").getJsonObject(0).getString("type"))
        .isEqualTo("jakarta.json.stream.JsonParsingException");
  }

  private static final class Echo extends LambdaHandler {
    Echo() {
      super(LogEvent.BATCH, InstantSource.fixed(Instant.EPOCH));
    }

    @Override
    protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
      line.number("records", event.size());
      return event;
    }
  }
}
