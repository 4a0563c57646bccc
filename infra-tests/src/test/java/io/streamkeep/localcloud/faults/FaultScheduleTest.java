package io.streamkeep.localcloud.faults;

import io.streamkeep.localcloud.faults.Faults.Phase;


import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** What a schedule does to records and calls, at times that the test sets. */
@Tag("fast")
class FaultScheduleTest {
  private Instant now = Instant.EPOCH;

  private FaultSchedule schedule(Fault... faults) {
    return schedule(7, faults);
  }

  private FaultSchedule schedule(long seed, Fault... faults) {
    return new FaultSchedule(seed, List.of(faults), () -> now);
  }

  /** Records of one item each, "a1" being the first of item a. */
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
    faults.call(new DatabaseCall("Fn", "DynamoDB." + operation, Set.of("Table")), phase);
  }

  @Test
  void nothingGoesWrongWithoutFaults() {
    FaultSchedule none = schedule();

    assertThat(poll(none, "a1", "a2", "b1")).containsExactly("a1", "a2", "b1");
    assertThat(none.injected()).isEmpty();
    assertThat(none.movesClocks()).isFalse();
  }

  @Test
  void aDuplicateComesLaterInAnotherBatch() {
    FaultSchedule twice = schedule(Fault.every(FaultKind.DUPLICATE, 2).by(Duration.ofSeconds(1)));

    assertThat(poll(twice, "a1", "b1", "a2")).containsExactly("a1", "b1", "a2");
    assertThat(poll(twice)).isEmpty();
    assertThat(twice.holdsRecords("Fn", "shard")).isTrue();
    now = now.plusSeconds(1);
    assertThat(poll(twice, "c1")).containsExactly("b1", "c1");
    assertThat(twice.injected()).isEqualTo(Map.of(FaultKind.DUPLICATE, 2L));
    assertThat(twice.figures()).isEqualTo("duplicate 2");
  }

  @Test
  void whatIsDelayedIsOvertakenByOtherItemsOnly() {
    FaultSchedule late = schedule(Fault.every(FaultKind.DELAY, 3).max(1).by(Duration.ofSeconds(2)));

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
  void whatIsReorderedKeepsTheOrderOfItsItem() {
    FaultSchedule mixed = schedule(Fault.of(FaultKind.REORDER, 0.5));

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
  void whatIsDroppedNeverComes() {
    FaultSchedule drops = schedule(Fault.of(FaultKind.DROP, 0.25));

    List<String> out = many(drops);
    drops.stop();

    assertThat(poll(drops)).isEmpty();
    assertThat(out).hasSize(200 - count(drops, FaultKind.DROP));
    assertThat(count(drops, FaultKind.DROP)).isBetween(25, 75);
  }

  @Test
  void onceStoppedNothingGoesWrongAndWhatIsHeldComes() {
    FaultSchedule all =
        schedule(
            Fault.every(FaultKind.DELAY, 1),
            Fault.every(FaultKind.DROP, 2),
            Fault.every(FaultKind.THROTTLE, 1));
    assertThat(poll(all, "a1", "b1")).isEmpty();

    all.stop();

    assertThat(poll(all, "c1", "d1")).containsExactly("a1", "c1", "d1");
    assertThatCode(() -> call(all, "Query", Phase.BEFORE)).doesNotThrowAnyException();
    assertThat(all.injected())
        .isEqualTo(Map.of(FaultKind.DELAY, 1L, FaultKind.DROP, 1L, FaultKind.THROTTLE, 0L));
  }

  @Test
  void theSameSeedDecidesTheSame() {
    Fault[] faults = {
      Fault.of(FaultKind.DROP, 0.2),
      Fault.of(FaultKind.DELAY, 0.2).by(Duration.ZERO),
      Fault.of(FaultKind.REORDER, 0.2)
    };

    List<String> first = many(schedule(1, faults));

    assertThat(many(schedule(1, faults))).isEqualTo(first);
    assertThat(many(schedule(2, faults))).isNotEqualTo(first);
  }

  /** What is decided at one boundary does not depend on what others have done meanwhile. */
  @Test
  void boundariesAreDecidedApart() {
    Fault fault = Fault.of(FaultKind.DROP, 0.5);
    FaultSchedule busy = schedule(fault);
    for (int i = 0; i < 5; i++) {
      busy.streamRecords("Fn", "other", records("a1"));
      busy.streamRecords("Other", "shard", records("a1"));
    }

    assertThat(many(busy)).isEqualTo(many(schedule(fault)));
  }

  @Test
  void aFaultHasItsTimeAndItsNumber() {
    FaultSchedule once =
        schedule(
            Fault.every(FaultKind.DROP, 1)
                .from(Duration.ofSeconds(5))
                .to(Duration.ofSeconds(10))
                .max(2));

    assertThat(poll(once, "a1")).containsExactly("a1");
    now = Instant.EPOCH.plusSeconds(5);
    assertThat(poll(once, "a2")).isEmpty();
    now = Instant.EPOCH.plusSeconds(10);
    assertThat(poll(once, "a3")).containsExactly("a3");
    now = Instant.EPOCH.plusSeconds(9);
    assertThat(poll(once, "a4", "a5")).containsExactly("a5");
  }

  @Test
  void callsGoWrongForTheTableAndOperationThatIsMeant() {
    FaultSchedule faults =
        schedule(
            Fault.every(FaultKind.THROTTLE, 1).at("Table").at("Query"),
            Fault.every(FaultKind.THROTTLE, 1).at("Elsewhere"),
            Fault.every(FaultKind.TIMEOUT, 1).at("GetItem").by(Duration.ofSeconds(3)));

    assertThatThrownBy(() -> call(faults, "Query", Phase.BEFORE))
        .isInstanceOf(ThrottledCallException.class);
    assertThatThrownBy(() -> call(faults, "GetItem", Phase.BEFORE))
        .isInstanceOfSatisfying(
            HungCallerException.class,
            hung -> assertThat(hung.after()).isEqualTo(Duration.ofSeconds(3)));
    assertThatCode(() -> call(faults, "PutItem", Phase.BEFORE)).doesNotThrowAnyException();
    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.THROTTLE, 1L, FaultKind.TIMEOUT, 1L));
  }

  @Test
  void onlyWhoWritesIsKilledBeforeOrAfterAnEffect() {
    FaultSchedule before = schedule(Fault.every(FaultKind.KILL_BEFORE, 1));
    FaultSchedule after = schedule(Fault.every(FaultKind.KILL_AFTER, 1));

    assertThatCode(() -> call(before, "Query", Phase.BEFORE)).doesNotThrowAnyException();
    assertThatCode(() -> call(before, "PutItem", Phase.AFTER)).doesNotThrowAnyException();
    assertThatThrownBy(() -> call(before, "PutItem", Phase.BEFORE))
        .isInstanceOf(KilledCallerException.class);
    assertThatCode(() -> call(after, "PutItem", Phase.BEFORE)).doesNotThrowAnyException();
    assertThatCode(() -> call(after, "Query", Phase.AFTER)).doesNotThrowAnyException();
    assertThatThrownBy(() -> call(after, "PutItem", Phase.AFTER))
        .isInstanceOf(KilledCallerException.class);
  }

  @Test
  void whoIsNoFunctionIsLeftAlone() {
    FaultSchedule faults = schedule(Fault.every(FaultKind.THROTTLE, 1));

    faults.call(new DatabaseCall("", "DynamoDB.PutItem", Set.of()), Phase.BEFORE);

    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.THROTTLE, 0L));
  }

  @Test
  void clocksJumpBothWaysAndOnlyForAWhile() {
    FaultSchedule faults = schedule(Fault.of(FaultKind.CLOCK_JUMP, 0.5).by(Duration.ofMinutes(10)));

    List<Duration> jumps =
        IntStream.range(0, 100).mapToObj(i -> faults.clockJump("Fn")).distinct().toList();

    assertThat(faults.movesClocks()).isTrue();
    assertThat(jumps)
        .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(-10));
  }

  @Test
  void messagesAreDoubledAndDelayedButNeverDropped() {
    Message message = Message.builder().messageId("1").build();
    FaultSchedule faults =
        schedule(Fault.every(FaultKind.DROP, 1), Fault.every(FaultKind.DUPLICATE, 1));

    assertThat(faults.queueMessages("Fn", List.of(message))).containsExactly(message);
    now = now.plusSeconds(1);
    assertThat(faults.queueMessages("Fn", List.of())).containsExactly(message);
    assertThat(faults.injected()).isEqualTo(Map.of(FaultKind.DROP, 0L, FaultKind.DUPLICATE, 1L));
  }
}
