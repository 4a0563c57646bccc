package io.streamkeep.localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.localcloud.faults.Faults.Phase;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** A schedule injects faults into records and calls; the test sets the time. */
@Tag("fast")
class FaultScheduleTest {
  private Instant now = Instant.EPOCH;

  private FaultSchedule schedule(String faults) {
    return schedule(7, faults);
  }

  private FaultSchedule schedule(long seed, String faults) {
    return new FaultSchedule(seed, FaultText.parse(faults).faults(), () -> now);
  }

  /** Records by name: "a1" is the first one of item a. */
  private static List<JsonObject> records(String... names) {
    return List.of(names).stream()
        .map(
            name ->
                Json.createObjectBuilder()
                    .add(
                        "dynamodb",
                        Json.createObjectBuilder()
                            .add("Keys", Json.createObjectBuilder().add("id", name.charAt(0) + ""))
                            .add("SequenceNumber", name))
                    .build())
        .toList();
  }

  private static List<String> poll(Faults faults, String... names) {
    return faults.streamRecords("Fn", "shard", records(names)).stream()
        .map(record -> record.getJsonObject("dynamodb").getString("SequenceNumber"))
        .toList();
  }

  private static List<String> many(Faults faults) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      out.addAll(poll(faults, "a" + i, "b" + i, "c" + i, "d" + i));
    }
    return out;
  }

  private static int count(FaultSchedule schedule, FaultKind kind) {
    return schedule.injected().getOrDefault(kind, 0L).intValue();
  }

  private static void call(Faults faults, String operation, Phase phase) {
    faults.call(new ServiceCall("Fn", "", "DynamoDB." + operation, Set.of("Table")), phase);
  }

  private static void assertFault(
      Faults faults, String operation, Phase phase, FaultKind kind, Duration after) {
    assertThatThrownBy(() -> call(faults, operation, phase))
        .isInstanceOfSatisfying(
            CallFaultException.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(kind);
              assertThat(fault.after()).isEqualTo(after);
            });
  }

  @Test
  void emptyScheduleInjectsNothing() {
    FaultSchedule none = new FaultSchedule(7, List.of());

    assertThat(poll(none, "a1", "a2", "b1")).containsExactly("a1", "a2", "b1");
    assertThat(none.injected()).isEmpty();
    assertThat(none.movesClocks()).isFalse();
  }

  @Test
  void duplicateComesLater_inAnotherBatch() {
    FaultSchedule twice = schedule("duplicate=1/2:by=1s");

    assertThat(poll(twice, "a1", "b1", "a2")).containsExactly("a1", "b1", "a2");
    assertThat(poll(twice)).isEmpty();
    assertThat(twice.holdsRecords("Fn", "shard")).isTrue();
    now = now.plusSeconds(1);
    assertThat(poll(twice, "c1")).containsExactly("b1", "c1");
    assertThat(twice.injected()).isEqualTo(Map.of(FaultKind.DUPLICATE, 2L));
    assertThat(twice.figures()).isEqualTo("duplicate 2");
  }

  @Test
  void delayedRecordIsOvertakenByOtherItemsOnly() {
    FaultSchedule late = schedule("delay=1/3:max=1:by=2s");

    assertThat(poll(late, "a1", "b1", "b2", "b3", "a2")).containsExactly("a1", "b1", "a2");
    now = now.plusSeconds(1);
    assertThat(poll(late, "b4", "c1")).containsExactly("c1");
    assertThat(late.holdsRecords("Fn", "shard")).isTrue();
    now = now.plusSeconds(1);
    assertThat(poll(late, "b5")).containsExactly("b2", "b3", "b4", "b5");
    assertThat(late.holdsRecords("Fn", "shard")).isFalse();
    assertThat(late.injected()).isEqualTo(Map.of(FaultKind.DELAY, 1L));
  }

  @Test
  void reorderedRecordsKeepTheOrderOfTheirItem() {
    FaultSchedule mixed = schedule("reorder=0.5");

    List<String> sent = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String[] names = {"a" + 2 * i, "b" + 2 * i, "b" + (2 * i + 1), "c" + i, "a" + (2 * i + 1)};
      sent.addAll(List.of(names));
      all.addAll(poll(mixed, names));
    }

    assertThat(numbers(all, 'a')).hasSize(100).isSorted();
    assertThat(numbers(all, 'b')).hasSize(100).isSorted();
    assertThat(all).isNotEqualTo(sent).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(count(mixed, FaultKind.REORDER)).isBetween(50, 150);
  }

  private static List<Integer> numbers(List<String> names, char item) {
    return names.stream()
        .filter(name -> name.charAt(0) == item)
        .map(name -> Integer.valueOf(name.substring(1)))
        .toList();
  }

  @Test
  void droppedRecordsNeverCome() {
    FaultSchedule drops = schedule("drop=0.25");

    List<String> out = many(drops);
    drops.stop();

    assertThat(poll(drops)).isEmpty();
    assertThat(out).hasSize(200 - count(drops, FaultKind.DROP));
    assertThat(count(drops, FaultKind.DROP)).isBetween(25, 75);
  }

  @Test
  void stoppedScheduleInjectsNothing_andDeliversHeldRecords() {
    FaultSchedule all = schedule("delay=1/1,drop=1/2,throttle=1/1");
    assertThat(poll(all, "a1", "b1")).isEmpty();

    all.stop();

    assertThat(poll(all, "c1", "d1")).containsExactly("a1", "c1", "d1");
    assertThatCode(() -> call(all, "Query", Phase.BEFORE)).doesNotThrowAnyException();
    assertThat(all.injected())
        .isEqualTo(Map.of(FaultKind.DELAY, 1L, FaultKind.DROP, 1L, FaultKind.THROTTLE, 0L));
  }

  @Test
  void sameSeedInjectsTheSameFaults() {
    String faults = "drop=0.2,delay=0.2:by=0s,reorder=0.2";

    List<String> first = many(schedule(1, faults));

    assertThat(many(schedule(1, faults))).isEqualTo(first);
    assertThat(many(schedule(2, faults))).isNotEqualTo(first);
  }

  /** Faults at one boundary do not depend on what happens at others. */
  @Test
  void boundariesAreIndependent() {
    String fault = "drop=0.5";
    FaultSchedule busy = schedule(fault);
    for (int i = 0; i < 5; i++) {
      busy.streamRecords("Fn", "other", records("a1"));
      busy.streamRecords("Other", "shard", records("a1"));
    }

    assertThat(many(busy)).isEqualTo(many(schedule(fault)));
  }

  @Test
  void faultIsLimitedInTimeAndNumber() {
    FaultSchedule once = schedule("drop=1/1:from=5s:to=10s:max=2");

    assertThat(poll(once, "a1")).containsExactly("a1");
    now = Instant.EPOCH.plusSeconds(5);
    assertThat(poll(once, "a2")).isEmpty();
    now = Instant.EPOCH.plusSeconds(10);
    assertThat(poll(once, "a3")).containsExactly("a3");
    now = Instant.EPOCH.plusSeconds(9);
    assertThat(poll(once, "a4", "a5")).containsExactly("a5");
  }

  @Test
  void callFaultsAffectOnlyTheirTargets() {
    FaultSchedule faults =
        schedule("throttle@Table@Query=1/1,throttle@Elsewhere=1/1,timeout@GetItem=1/1:by=3s");

    assertFault(faults, "Query", Phase.BEFORE, FaultKind.THROTTLE, Duration.ZERO);
    assertFault(faults, "GetItem", Phase.BEFORE, FaultKind.TIMEOUT, Duration.ofSeconds(3));
    assertThatCode(() -> call(faults, "PutItem", Phase.BEFORE)).doesNotThrowAnyException();
    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.THROTTLE, 1L, FaultKind.TIMEOUT, 1L));
  }

  @Test
  void onlyWritersAreKilledBeforeOrAfterTheEffect() {
    FaultSchedule before = schedule("kill-before=1/1");
    FaultSchedule after = schedule("kill-after=1/1");

    assertThatCode(() -> call(before, "Query", Phase.BEFORE)).doesNotThrowAnyException();
    assertThatCode(() -> call(before, "PutItem", Phase.AFTER)).doesNotThrowAnyException();
    assertFault(before, "PutItem", Phase.BEFORE, FaultKind.KILL_BEFORE, Duration.ZERO);
    assertThatCode(() -> call(after, "PutItem", Phase.BEFORE)).doesNotThrowAnyException();
    assertThatCode(() -> call(after, "Query", Phase.AFTER)).doesNotThrowAnyException();
    assertFault(after, "PutItem", Phase.AFTER, FaultKind.KILL_AFTER, Duration.ZERO);
  }

  @Test
  void transactionsConflictWithWritesOnly() {
    FaultSchedule faults = schedule("conflict=1/1");

    for (String operation : List.of("Query", "Scan", "GetItem", "BatchWriteItem")) {
      assertThatCode(() -> call(faults, operation, Phase.BEFORE)).doesNotThrowAnyException();
    }
    for (String operation : List.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")) {
      assertFault(faults, operation, Phase.BEFORE, FaultKind.CONFLICT, Duration.ZERO);
    }
  }

  @Test
  void conflictOccursInAllItsForms() {
    FaultSchedule faults = schedule("conflict=1/1");

    List<Integer> forms =
        IntStream.range(0, 100).mapToObj(i -> form(faults)).distinct().sorted().toList();

    assertThat(forms).containsExactly(0, 1, 2);
  }

  private static int form(Faults faults) {
    try {
      call(faults, "TransactWriteItems", Phase.BEFORE);
      return -1;
    } catch (CallFaultException e) {
      return e.choose(3);
    }
  }

  @Test
  void faultsHappenAtQueues() {
    FaultSchedule faults =
        schedule(
            "throttle@Work@SendMessage=1/1,partial=1/1,kill-after=1/1,unavailable@Work=1/1,"
                + "timeout=1/1");

    assertQueueFault(faults, "SendMessage", Phase.BEFORE, FaultKind.THROTTLE);
    assertQueueFault(faults, "ChangeMessageVisibility", Phase.BEFORE, FaultKind.UNAVAILABLE);
    assertQueueFault(faults, "ReceiveMessage", Phase.BEFORE, FaultKind.UNAVAILABLE);
    assertQueueFault(faults, "SendMessage", Phase.AFTER, FaultKind.KILL_AFTER);
    FaultSchedule others = schedule("partial=1/1,timeout=1/1");
    assertQueueFault(others, "SendMessageBatch", Phase.BEFORE, FaultKind.PARTIAL);
    assertQueueFault(others, "SendMessage", Phase.BEFORE, FaultKind.TIMEOUT);
    assertThatCode(() -> queueCall(others, "ReceiveMessage", Phase.BEFORE))
        .as("no environment receives")
        .doesNotThrowAnyException();
  }

  private static void queueCall(Faults faults, String operation, Phase phase) {
    faults.call(new ServiceCall("Fn", "", "AmazonSQS." + operation, Set.of("Work")), phase);
  }

  private static void assertQueueFault(
      Faults faults, String operation, Phase phase, FaultKind kind) {
    assertThatThrownBy(() -> queueCall(faults, operation, phase))
        .isInstanceOfSatisfying(
            CallFaultException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Test
  void invocationsAreThrottled() {
    FaultSchedule faults = schedule("throttle-invoke@Fn=1/2:max=1");

    assertThat(IntStream.range(0, 4).mapToObj(i -> faults.throttlesInvocation("Fn")))
        .containsExactly(false, true, false, false);
    assertThat(faults.throttlesInvocation("Other")).isFalse();
  }

  @Test
  void callersOtherThanFunctionsAreNotAffected() {
    FaultSchedule faults = schedule("throttle=1/1");

    faults.call(new ServiceCall("", "", "DynamoDB.PutItem", Set.of()), Phase.BEFORE);

    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.THROTTLE, 0L));
  }

  @Test
  void clocksJumpInBothDirections_forOneInvocation() {
    FaultSchedule faults = schedule("clock-jump=0.5:by=10m");

    List<Duration> jumps =
        IntStream.range(0, 100).mapToObj(i -> faults.clockJump("Fn")).distinct().toList();

    assertThat(faults.movesClocks()).isTrue();
    assertThat(jumps)
        .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(-10));
  }

  @Test
  void messagesAreDuplicated_butNeverDropped() {
    Message message = Message.builder().messageId("1").build();
    FaultSchedule faults = schedule("drop=1/1,duplicate=1/1");

    assertThat(faults.queueMessages("Fn", List.of(message))).containsExactly(message);
    now = now.plusSeconds(1);
    assertThat(faults.queueMessages("Fn", List.of())).containsExactly(message);
    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.DROP, 0L, FaultKind.DUPLICATE, 1L));
  }
}
