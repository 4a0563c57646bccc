package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** Advances the queues' clock; without that the first of these tests would take six minutes. */
@Tag("slow")
final class QueueClockTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void messageReachesDeadLetterQueue_afterItsVisibilityTimeouts(@TempDir Path folder)
      throws Exception {
    Probes probes = new Probes(folder);
    LocalCloudBuilder settings =
        LocalCloud.of(
            probes.template(
                Probes.queue(
                    "Work",
                    "VisibilityTimeout: 120",
                    "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}"),
                Probes.queue("Dead"),
                probes.function(
                    "Fn",
                    "Events:",
                    "  Messages: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}")));
    probes.steps("Fn", "throw 1", "throw 2", "throw 3");
    try (LocalCloud cloud = settings.start()) {
      send(cloud, "Work", 0);
      for (int attempts = 1; attempts <= 3; attempts++) {
        int received = attempts;
        await().atMost(LIMIT).until(() -> probes.events("Fn").size() >= received);
        cloud.advanceQueues(Duration.ofMinutes(2));
      }
      await().atMost(LIMIT).until(() -> !receive(cloud, "Dead").isEmpty());
    }
  }

  @Test
  void delayedMessageIsReceived_whenItsDelayHasPassed(@TempDir Path folder) throws Exception {
    try (LocalCloud cloud =
        LocalCloud.of(new Probes(folder).template(Probes.queue("Work"))).start()) {
      send(cloud, "Work", 100);
      cloud.advanceQueues(Duration.ofSeconds(90));
      assertThat(receive(cloud, "Work")).isEmpty();

      cloud.advanceQueues(Duration.ofSeconds(10));
      assertThat(receive(cloud, "Work")).hasSize(1);
    }
  }

  private static void send(LocalCloud cloud, String queue, int delaySeconds) {
    cloud
        .sqs()
        .sendMessage(
            m -> m.queueUrl(cloud.queueUrl(queue)).messageBody("a").delaySeconds(delaySeconds));
  }

  private static List<Message> receive(LocalCloud cloud, String queue) {
    return cloud.sqs().receiveMessage(r -> r.queueUrl(cloud.queueUrl(queue))).messages();
  }
}
