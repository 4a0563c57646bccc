package io.streamkeep.e2e;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ThrottledCallException;
import java.util.concurrent.atomic.AtomicInteger;

/** Cuts off a function from DynamoDB, throttles it there, or lets others win its races. */
final class Interference implements Faults {
  static final String NOBODY = "nobody";

  final AtomicInteger losses = new AtomicInteger();
  volatile String cutOff = NOBODY;
  volatile String throttled = NOBODY;
  volatile Runnable other = () -> {};

  @Override
  public void call(String function, String operation, Phase phase) {
    if (phase == Phase.BEFORE && function.equals(cutOff)) {
      throw new IllegalStateException("cut off");
    }
    if (phase == Phase.BEFORE && function.equals(throttled)) {
      throw new ThrottledCallException();
    }
    if (phase == Phase.BEFORE
        && function.equals("CommandFunction")
        && operation.equals("DynamoDB.PutItem")
        && losses.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      other.run();
    }
  }
}
