package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Invokes a function at a fixed rate, as EventBridge does: without a retry, and also while an
 * earlier event is being handled.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html">
 *     Scheduled Event</a>
 */
public final class ScheduleMapping implements AutoCloseable {
  private final Workers workers;

  public ScheduleMapping(
      LambdaFunction function, SourceSpec.Schedule source, Consumer<String> log) {
    String rule = function.spec().id() + source.name(); // as SAM names it
    workers = new Workers(rule, log);
    workers.start(
        () -> {
          while (true) {
            Thread.sleep(source.period());
            String event = event(rule);
            workers.start(() -> function.invoke(event, TraceHeader.start()));
          }
        });
  }

  private static String event(String rule) {
    return """
    {"version":"0","id":"%s","detail-type":"Scheduled Event","source":"aws.events",\
    "account":"%s","time":"%s","region":"%s","resources":["%s"],"detail":{}}\
    """
        .formatted(
            UUID.randomUUID(),
            PhysicalNames.ACCOUNT,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            PhysicalNames.REGION,
            PhysicalNames.arn("events", "rule/" + PhysicalNames.physical(rule)));
  }

  @Override
  public void close() {
    workers.close();
  }
}
