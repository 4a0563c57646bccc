package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Invokes a function at a fixed rate, as EventBridge does: without a retry, and also while an
 * earlier event is being handled.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html">
 *     Scheduled Event</a>
 */
record ScheduleMapping(Mappings mappings, LambdaFunction function, SourceSpec.Schedule source) {

  void start() {
    String rule = function.spec().id() + source.name(); // as SAM names it
    mappings.run(
        rule,
        () -> {
          while (true) {
            Thread.sleep(source.period());
            String event = event(rule);
            mappings.run(rule, () -> function.invoke(event, TraceHeader.start()));
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
}
