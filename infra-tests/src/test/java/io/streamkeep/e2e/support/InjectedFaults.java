package io.streamkeep.e2e.support;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ServiceCall;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Faults that a test switches on and off: a function without DynamoDB, throttled calls, lost races,
 * dropped stream records, or an action between a command's write and its answer.
 */
public final class InjectedFaults implements Faults {
  /** The value of a switch that is off; it names no function and is in no record. */
  public static final String NONE = "nobody";

  /** Number of the command function's next writes that a competitor wins. */
  public final AtomicInteger conflicts = new AtomicInteger();

  /** The function whose calls to DynamoDB fail. */
  public volatile String disconnected = NONE;

  /** The function whose calls to DynamoDB are throttled. */
  public volatile String throttled = NONE;

  /** Text of the stream records that are never delivered. */
  public volatile String dropped = NONE;

  /** Writes to the stream before the command function does. */
  public volatile Runnable competitor = () -> {};

  /** Runs once, after a command's item is stored and before the function gets the response. */
  public final AtomicReference<@Nullable Runnable> afterCommandWrite = new AtomicReference<>();

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return records.stream().filter(record -> !record.toString().contains(dropped)).toList();
  }

  @Override
  public void call(ServiceCall call, Phase phase) {
    if (!call.operation().startsWith("DynamoDB.")) {
      return;
    }
    String function = call.function();
    if (phase == Phase.BEFORE && function.equals(disconnected)) {
      throw new IllegalStateException("disconnected");
    }
    if (phase == Phase.BEFORE && function.equals(throttled)) {
      throw new CallFaultException(FaultKind.THROTTLE);
    }
    if (function.equals("CommandFunction") && call.operation().equals("DynamoDB.PutItem")) {
      put(phase);
    }
  }

  private void put(Phase phase) {
    if (phase == Phase.BEFORE && conflicts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      competitor.run();
    }
    Runnable action = phase == Phase.AFTER ? afterCommandWrite.getAndSet(null) : null;
    if (action != null) {
      action.run();
    }
  }
}
