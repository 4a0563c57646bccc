package io.streamkeep.e2e.support;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;

/** The alarm on the dead-letter queue, as CloudWatch evaluates it. */
public record DeadLetterAlarm(LocalStackBackend backend) {

  /** Waits for OK with an empty queue first, so that only the message can raise the alarm. */
  public void assertRaisedByDeadLetter() {
    awaitState("OK");
    new Queues(backend).send("DeadLetterQueue", "a discarded batch");
    try {
      awaitState("ALARM");
    } finally {
      backend.sqs().purgeQueue(p -> p.queueUrl(backend.queueUrl("DeadLetterQueue")));
    }
  }

  private void awaitState(String state) {
    String alarm = backend.physical("DeadLettersAlarm");
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(5))
        .until(
            () ->
                backend
                    .localStack()
                    .aws("cloudwatch describe-alarms --alarm-names " + alarm)
                    .asJsonObject()
                    .getJsonArray("MetricAlarms")
                    .getValuesAs(JsonObject.class)
                    .getFirst()
                    .getString("StateValue")
                    .equals(state));
  }
}
