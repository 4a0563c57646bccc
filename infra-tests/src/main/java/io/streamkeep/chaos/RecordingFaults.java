package io.streamkeep.chaos;

import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.ServiceCall;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault schedule that records the consequences of its faults. Commits are dated by a slow clock,
 * so that the reconciler need not wait until they are old enough.
 */
final class RecordingFaults extends FaultSchedule {

  private static final Set<String> STREAM_CONSUMERS =
      Set.of("ProjectionFunction", "ReactionFunction");

  /** Longer than the reconciler's grace period, shorter than the clock error it tolerates. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();

  RecordingFaults(String faults) {
    super(faults);
  }

  /** The number of stream records not read yet, given the number of commits. */
  long unread(long commits) {
    return STREAM_CONSUMERS.size() * commits - read.get();
  }

  /** The number of records delivered to a stream consumer again. */
  long duplicates() {
    return duplicates.get();
  }

  /** The number of times that a stream consumer queried for commits it had not received. */
  long gaps() {
    return gaps.get();
  }

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    read.addAndGet(records.size());
    List<JsonObject> result = super.streamRecords(function, shard, records);
    for (JsonObject record : result) {
      if (!delivered.add(function + record.getJsonObject("dynamodb").getJsonObject("Keys"))) {
        duplicates.incrementAndGet();
      }
    }
    return result;
  }

  @Override
  public void call(ServiceCall call, Phase phase) {
    if (phase == Phase.BEFORE
        && STREAM_CONSUMERS.contains(call.function())
        && call.operation().endsWith("Query")
        && call.resources().contains("EventsTable")) {
      gaps.incrementAndGet();
    }
    super.call(call, phase);
  }

  @Override
  public Duration clockJump(String function) {
    Duration jump = super.clockJump(function);
    return function.equals("CommandFunction") ? jump.minus(SLOW) : jump;
  }

  @Override
  public boolean movesClocks() {
    return true;
  }
}
