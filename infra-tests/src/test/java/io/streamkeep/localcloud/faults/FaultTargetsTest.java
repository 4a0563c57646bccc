package io.streamkeep.localcloud.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.Role;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.QueueSpec;
import io.streamkeep.localcloud.template.SourceSpec;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/** A fault that can never happen is refused. */
@Tag("fast")
class FaultTargetsTest {
  private static final String TABLES = "arn:aws:dynamodb:us-east-1:000000000000:table/streamkeep-";
  private static final String QUEUES = "arn:aws:sqs:us-east-1:000000000000:streamkeep-";

  /** Projects Events to Views, sends to Work. */
  private static final FunctionSpec PROJECTION =
      function(
          "Projection",
          new SourceSpec.Stream("Changes", "Events", 100, true, true, -1, -1, Optional.empty()),
          List.of(
              statement("dynamodb:Query", TABLES + "Events"),
              statement("dynamodb:PutItem", TABLES + "Views"),
              statement("sqs:SendMessage", QUEUES + "Work")));

  /** Receives from Work, reads an index of Views. */
  private static final FunctionSpec WORKER =
      function(
          "Worker",
          new SourceSpec.Queue("Messages", "Work", 10, true),
          List.of(
              statement("dynamodb:Query", TABLES + "Views/index/*"),
              statement("sqs:ReceiveMessage", QUEUES + "Work"),
              statement("sqs:DeleteMessage", QUEUES + "Work")));

  /** Runs on a schedule, without permissions. */
  private static final FunctionSpec IDLE =
      function("Idle", new SourceSpec.Schedule("Tick", Duration.ofMinutes(1)), List.of());

  private static final Template TEMPLATE =
      new Template(
          List.of(table("Events"), table("Views")),
          List.of(new QueueSpec("Work", Map.of(), Optional.empty())),
          List.of(PROJECTION, WORKER, IDLE),
          null);

  private static Role.Statement statement(String action, String resource) {
    return new Role.Statement(List.of(action), List.of(resource));
  }

  private static TableSpec table(String id) {
    GlobalSecondaryIndex index = GlobalSecondaryIndex.builder().indexName("by-name").build();
    return new TableSpec(
        id, CreateTableRequest.builder().globalSecondaryIndexes(List.of(index)).build());
  }

  private static FunctionSpec function(
      String id, SourceSpec source, List<Role.Statement> statements) {
    return new FunctionSpec(
        id,
        "java25",
        Path.of("probe.jar"),
        "Handler",
        128,
        20,
        Optional.empty(),
        false,
        new FunctionSpec.Logging("group", "JSON"),
        sqs -> Map.of(),
        List.of(source),
        new Role("role", statements),
        false);
  }

  private static void begin(String fault) {
    FaultSchedule.parse(fault + "=1")
        .begin(new FaultTargets(TEMPLATE, new Permissions(TEMPLATE.principals())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop",
        "drop@Projection",
        "split@Projection",
        "duplicate@Worker",
        "clock-jump@Idle",
        "throttle-invoke@Idle",
        "throttle@Views",
        "throttle@Projection@Events@Query",
        "throttle@Worker@Views@Query",
        "throttle@Work",
        "throttle@Worker@ReceiveMessage",
        "unavailable@Worker@Work@DeleteMessageBatch",
        "conflict@Views",
        "conflict@TransactWriteItems",
        "partial@Work",
        "kill-after@Projection@SendMessage",
        "timeout@Query"
      })
  void faultThatCanHappenIsAccepted(String fault) {
    assertThatCode(() -> begin(fault)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop@Fm", "throttle@Events@Qery", "clock-jump@streamkeep-Idle"})
  void unknownNameIsRefused(String fault) {
    assertThatThrownBy(() -> begin(fault))
        .isInstanceOf(BadFaultException.class)
        .hasMessageContaining("there is no function, table, queue or operation of that name");
  }

  @ParameterizedTest
  @CsvSource({
    "drop@Worker, a queue keeps what is not delivered",
    "split@Idle, it has no stream",
    "duplicate@Idle, it has neither stream nor queue",
    "drop@Events, records are lost on the way to a function",
    "clock-jump@Views, a table has no clock",
    "clock-jump@PutItem, an operation has none either",
    "throttle@Projection@Worker, a call is of one function",
    "throttle@Views@Work, a call is of one service",
    "throttle@Query@PutItem, a call is of one operation",
    "throttle@PutItem@Work, a queue has no items",
    "throttle@Worker@Events, it may not read them",
    "throttle@Projection@ReceiveMessage, it may not receive",
    "conflict@Query, reads do not conflict",
    "conflict@Work, queues have no transactions",
    "conflict@Worker, it does not write",
    "partial@SendMessage, that is no batch",
    "kill-before@Query, it has no effect",
    "timeout@ReceiveMessage, no environment receives",
  })
  void faultThatCanNeverHappenIsRefused(String fault, String reason) {
    assertThatThrownBy(() -> begin(fault))
        .as(reason)
        .isInstanceOf(BadFaultException.class)
        .hasMessageEndingWith("it can never happen there");
  }
}
