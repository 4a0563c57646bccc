package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.Names;
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
  private final LambdaFunction function;
  private final SourceSpec.Schedule source;
  private final String rule;
  private final Workers workers;

  public ScheduleMapping(
      LambdaFunction function, SourceSpec.Schedule source, Consumer<String> log) {
    this.function = function;
    this.source = source;
    this.rule = function.spec().id() + source.name(); // as SAM names it
    this.workers = new Workers(rule, log);
    workers.start(this::fire);
  }

  private void fire() throws InterruptedException {
    while (true) {
      Thread.sleep(source.period());
      String event = event(Instant.now());
      workers.start(() -> function.invoke(event, TraceHeader.start()));
    }
  }

  private String event(Instant now) {
    return """
    {"version":"0","id":"%s","detail-type":"Scheduled Event","source":"aws.events",\
    "account":"%s","time":"%s","region":"%s","resources":["%s"],"detail":{}}\
    """
        .formatted(
            UUID.randomUUID(),
            Names.ACCOUNT,
            now.truncatedTo(ChronoUnit.SECONDS),
            Names.REGION,
            Names.arn("events", "rule/" + Names.physical(rule)));
  }

  @Override
  public void close() {
    workers.close();
  }
}
