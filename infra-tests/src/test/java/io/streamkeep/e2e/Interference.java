package io.streamkeep.e2e;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.Faults;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off a function from DynamoDB, throttles it there, lets others win its races, loses what a
 * stream should deliver, or comes between the write of a command and its answer.
 */
final class Interference implements Faults {
  static final String NOBODY = "nobody";

  final AtomicInteger losses = new AtomicInteger();
  volatile String cutOff = NOBODY;
  volatile String throttled = NOBODY;
  volatile String lost = NOBODY;
  volatile Runnable other = () -> {};

  /** Run once, when a command's item is stored and the command does not know it yet. */
  final AtomicReference<@Nullable Runnable> stored = new AtomicReference<>();

  /** Loses all records in which there is what is lost. */
  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return records.stream().filter(record -> !record.toString().contains(lost)).toList();
  }

  @Override
  public void call(DatabaseCall call, Phase phase) {
    String function = call.function();
    if (phase == Phase.BEFORE && function.equals(cutOff)) {
      throw new IllegalStateException("cut off");
    }
    if (phase == Phase.BEFORE && function.equals(throttled)) {
      throw new CallFaultException(FaultKind.THROTTLE);
    }
    if (function.equals("CommandFunction") && call.operation().equals("DynamoDB.PutItem")) {
      put(phase);
    }
  }

  private void put(Phase phase) {
    if (phase == Phase.BEFORE && losses.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      other.run();
    }
    Runnable once = phase == Phase.AFTER ? stored.getAndSet(null) : null;
    if (once != null) {
      once.run();
    }
  }
}
