package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.SourceSpec;


import jakarta.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Calls a function in regular periods, as EventBridge does: whether or not it has done with the
 * event before, and without trying again.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html">
 *     Scheduled Event</a>
 */
public final class ScheduleMapping implements AutoCloseable {
  private final LambdaFunction function;
  private final SourceSpec.Schedule source;
  private final Workers workers;

  public ScheduleMapping(
      LambdaFunction function, SourceSpec.Schedule source, Consumer<String> log) {
    this.function = function;
    this.source = source;
    this.workers = new Workers(rule(function, source), log);
    workers.start(this::fire);
  }

  private static String rule(LambdaFunction function, SourceSpec.Schedule source) {
    return function.spec().id() + source.name(); // as SAM names it
  }

  private void fire() throws InterruptedException {
    while (true) {
      Thread.sleep(source.period());
      String event = event(Instant.now());
      workers.start(() -> function.invoke(event, TraceHeader.start()));
    }
  }

  private String event(Instant now) {
    return Json.createObjectBuilder()
        .add("version", "0")
        .add("id", UUID.randomUUID().toString())
        .add("detail-type", "Scheduled Event")
        .add("source", "aws.events")
        .add("account", Names.ACCOUNT)
        .add("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .add("region", Names.REGION)
        .add(
            "resources",
            Json.createArrayBuilder()
                .add(Names.arn("events", "rule/" + Names.physical(rule(function, source)))))
        .add("detail", Json.createObjectBuilder())
        .build()
        .toString();
  }

  @Override
  public void close() {
    workers.close();
  }
}
