package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.template.SourceSpec;
import io.streamkeep.localcloud.template.Template;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schedule invokes its function as EventBridge does. */
@Tag("slow")
class ScheduleMappingTest {
  private Probes probes;
  private Path template;

  @BeforeEach
  void createFunctionWithSchedule(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
    template =
        probes.template(
            probes.function(
                "Fn",
                "EventInvokeConfig: {MaximumRetryAttempts: 0}",
                "Events:",
                "  Tick:",
                "    Type: Schedule",
                "    Properties: {Schedule: rate(1 minute)}"));
  }

  private static ScheduledEvent event(String json) {
    return LambdaEventSerializers.serializerFor(
            ScheduledEvent.class, ScheduleMappingTest.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** With a period shorter than any in a template. */
  @Test
  void scheduleFiresRepeatedly_withEventBridgesShape() throws Exception {
    SourceSpec.Schedule often = new SourceSpec.Schedule("Tick", Duration.ofMillis(100));
    try (LocalCloud cloud = LocalCloud.of(template).start()) {
      cloud.mappings().start(cloud.function("Fn"), often);
      await().until(() -> probes.events("Fn").size() >= 2);
    }
    List<ScheduledEvent> events =
        probes.events("Fn").stream().map(ScheduleMappingTest::event).toList();
    ScheduledEvent first = events.getFirst();
    assertThat(first.getDetailType()).isEqualTo("Scheduled Event");
    assertThat(first.getSource()).isEqualTo("aws.events");
    assertThat(first.getAccount()).isEqualTo("000000000000");
    assertThat(first.getRegion()).isEqualTo("us-east-1");
    assertThat(first.getTime()).isNotNull();
    assertThat(first.getResources())
        .containsExactly("arn:aws:events:us-east-1:000000000000:rule/streamkeep-FnTick");
    assertThat(first.getDetail()).isEmpty();
    assertThat(events).extracting(ScheduledEvent::getId).doesNotHaveDuplicates();
  }

  /** The later events overtake the throttled ones, which come a second late. */
  @Test
  void throttledEventsAreRepeated() throws Exception {
    SourceSpec.Schedule often = new SourceSpec.Schedule("Tick", Duration.ofMillis(100));
    try (LocalCloud cloud =
        LocalCloud.of(template).faults(FaultSchedule.parse("throttle-invoke@Fn=1:max=5")).start()) {
      cloud.mappings().start(cloud.function("Fn"), often);
      await()
          .untilAsserted(
              () ->
                  assertThat(probes.events("Fn"))
                      .extracting(json -> event(json).getTime())
                      .isNotEqualTo(
                          probes.events("Fn").stream()
                              .map(json -> event(json).getTime())
                              .sorted()
                              .toList()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), PT1M",
    "rate(5 minutes), PT5M",
    "rate(12 hours), PT12H",
    "rate(1 day), PT24H"
  })
  void ratesAreRead(String rate, Duration period) throws Exception {
    Files.writeString(template, Files.readString(template).replace("rate(1 minute)", rate));

    assertThat(Template.read(template).functions().getFirst().sources())
        .containsExactly(new SourceSpec.Schedule("Tick", period));
  }
}
