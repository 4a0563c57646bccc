package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** Queues whose clock is fast: each of these tests would take a minute or more at real speed. */
@Tag("slow")
class QueueSpeedTest {
  private static final Duration REAL_TIME = Duration.ofSeconds(30);

  private LocalCloudBuilder settings;

  @BeforeEach
  void queues(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    settings =
        LocalCloud.of(
                probes.template(
                    Probes.queue(
                        "Work",
                        "VisibilityTimeout: 120",
                        "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount:"
                            + " 3}"),
                    Probes.queue("Dead"),
                    probes.function(
                        "Fn",
                        "Events:",
                        "  Messages: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}")))
            .queueSpeed(100);
    probes.steps("Fn", "throw 1", "throw 2", "throw 3");
  }

  private static List<Message> receive(LocalCloud cloud, String queue, int seconds) {
    return cloud
        .sqs()
        .receiveMessage(r -> r.queueUrl(cloud.queueUrl(queue)).waitTimeSeconds(seconds))
        .messages();
  }

  @Test
  void messageReachesDeadLetterQueue_afterItsVisibilityTimeouts() throws Exception {
    try (LocalCloud cloud = settings.start()) {
      cloud.sqs().sendMessage(m -> m.queueUrl(cloud.queueUrl("Work")).messageBody("poison"));
      await().atMost(REAL_TIME).until(() -> !receive(cloud, "Dead", 1).isEmpty());
    }
  }

  @Test
  void delayedMessageEndsLongPoll() throws Exception {
    try (LocalCloud cloud = settings.start()) {
      cloud
          .sqs()
          .sendMessage(m -> m.queueUrl(cloud.queueUrl("Dead")).messageBody("a").delaySeconds(100));
      await().atMost(REAL_TIME).until(() -> !receive(cloud, "Dead", 20).isEmpty());
    }
  }

  @Test
  void longPollOfEmptyQueueReturnsEarly() throws Exception {
    try (LocalCloud cloud = settings.start()) {
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(receive(cloud, "Dead", 20)).isEmpty();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(REAL_TIME);
    }
  }

  @Test
  void queuesInFolderAreRefused(@TempDir Path data) {
    assertThatIllegalArgumentException().isThrownBy(() -> settings.data(data).start());
  }
}
