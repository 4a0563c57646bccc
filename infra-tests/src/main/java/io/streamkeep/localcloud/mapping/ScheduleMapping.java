package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationThrottledException;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Invokes a function at a fixed rate, as EventBridge does: without a retry of failed invocations,
 * and also while an earlier event is being handled.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     How Lambda handles errors and retries with asynchronous invocation</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html">
 *     Scheduled Event</a>
 */
record ScheduleMapping(Mappings mappings, LambdaFunction function, SourceSpec.Schedule source) {

  /** The first wait between attempts of an asynchronous invocation, as on Lambda. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration EVENT_AGE = Duration.ofHours(6);

  void start() {
    String rule = function.spec().id() + source.name(); // as SAM names it
    mappings.run(
        rule,
        () -> {
          while (true) {
            Thread.sleep(source.period());
            String event = event(rule);
            mappings.run(rule, () -> invoke(event));
          }
        });
  }

  /** Repeats the asynchronous invocation while Lambda throttles it, for six hours. */
  private void invoke(String event) throws InterruptedException {
    Instant end = Instant.now().plus(EVENT_AGE);
    Duration pause = FIRST_PAUSE;
    while (Instant.now().isBefore(end)) {
      try {
        function.invoke(event, TraceHeader.start());
        return;
      } catch (InvocationThrottledException e) {
        Thread.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
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
