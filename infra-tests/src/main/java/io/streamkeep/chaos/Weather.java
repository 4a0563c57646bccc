package io.streamkeep.chaos;

import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.Faults;


import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A schedule of faults, and what it led to at the boundaries. The clock by which commits get their
 * times is slow, so that the reconciler need not wait until it is sure that nothing is on its way.
 */
final class Weather implements Faults {

  private static final Set<String> CONSUMERS = Set.of("ProjectionFunction", "ReactionFunction");

  /** More than the reconciler's grace, and less than it reckons with. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  private final FaultSchedule schedule;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();

  Weather(FaultSchedule schedule) {
    this.schedule = schedule;
  }

  void stop() {
    schedule.stop();
  }

  Map<FaultKind, Long> injected() {
    return schedule.injected();
  }

  /** How many records of so many commits are still to be read from the stream. */
  long unread(long commits) {
    return CONSUMERS.size() * commits - read.get();
  }

  /** Records that came to a consumer of the stream that it had been given before. */
  long duplicates() {
    return duplicates.get();
  }

  /** How often a consumer of the stream asked the event store for what it was not given. */
  long gaps() {
    return gaps.get();
  }

  @Override
  public void begin(Set<String> names) {
    schedule.begin(names);
  }

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    read.addAndGet(records.size());
    List<JsonObject> passed = schedule.streamRecords(function, shard, records);
    for (JsonObject record : passed) {
      if (!seen.add(function + record.getJsonObject("dynamodb").getJsonObject("Keys"))) {
        duplicates.incrementAndGet();
      }
    }
    return passed;
  }

  @Override
  public boolean holdsRecords(String function, String shard) {
    return schedule.holdsRecords(function, shard);
  }

  @Override
  public boolean splitsShard(String function) {
    return schedule.splitsShard(function);
  }

  @Override
  public List<Message> queueMessages(String function, List<Message> messages) {
    return schedule.queueMessages(function, messages);
  }

  @Override
  public Duration clockJump(String function) {
    Duration jump = schedule.clockJump(function);
    return function.equals("CommandFunction") ? jump.minus(SLOW) : jump;
  }

  @Override
  public boolean movesClocks() {
    return true;
  }

  @Override
  public void call(DatabaseCall call, Phase phase) {
    if (phase == Phase.BEFORE
        && CONSUMERS.contains(call.function())
        && call.operation().endsWith("Query")
        && call.tables().contains("EventsTable")) {
      gaps.incrementAndGet();
    }
    schedule.call(call, phase);
  }
}
