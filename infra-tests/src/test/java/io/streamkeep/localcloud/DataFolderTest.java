package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** A data folder keeps tables, stream positions and messages over a restart. */
@Tag("slow")
class DataFolderTest {
  private Probes probes;
  private LocalCloudBuilder settings;

  @BeforeEach
  void settings(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
    Path template =
        probes.template(
            Probes.table(),
            Probes.queue(
                "Work",
                "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 9}"),
            Probes.queue("Dead"),
            probes.function(
                "Fn",
                "Events:",
                "  Changes:",
                "    Type: DynamoDB",
                "    Properties:",
                "      Stream: !GetAtt Table.StreamArn",
                "      StartingPosition: TRIM_HORIZON"));
    settings = LocalCloud.of(template).data(folder.resolve("data"));
  }

  private static void put(LocalCloud cloud, String id) {
    cloud
        .dynamoDb()
        .putItem(
            p ->
                p.tableName(cloud.tableName("Table")).item(Map.of("id", AttributeValue.fromS(id))));
  }

  private void awaitEvents(int number, String last) {
    await()
        .untilAsserted(
            () ->
                assertThat(probes.events("Fn"))
                    .hasSize(number)
                    .last()
                    .asString()
                    .contains("\"" + last + "\""));
  }

  @Test
  void stateIsKept_afterRestart() throws Exception {
    try (LocalCloud cloud = settings.start()) {
      put(cloud, "one");
      awaitEvents(1, "one");
      // read but not done when the local cloud stops: it is delivered again
      probes.steps("Fn", "sleep 60000");
      put(cloud, "two");
      awaitEvents(2, "two");
      cloud.sqs().sendMessage(m -> m.queueUrl(cloud.queueUrl("Work")).messageBody("kept, ü"));
    }
    try (LocalCloud cloud = settings.start()) {
      awaitEvents(3, "two");
      put(cloud, "three");
      awaitEvents(4, "three");
      await().during(Duration.ofMillis(300)).until(() -> probes.events("Fn").size() == 4);
      assertThat(cloud.dynamoDb().scan(s -> s.tableName(cloud.tableName("Table"))).count())
          .isEqualTo(3);
      List<Message> messages =
          cloud.sqs().receiveMessage(r -> r.queueUrl(cloud.queueUrl("Work"))).messages();
      assertThat(messages).extracting(Message::body).containsExactly("kept, ü");
    }
  }

  @Test
  void folderIsRefused_whileAnotherLocalCloudUsesIt() throws Exception {
    try (LocalCloud first = settings.start()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(settings::start)
          .withMessageContaining("in use by another local cloud");
      put(first, "still there");
    }
    settings.start().close();
  }
}
