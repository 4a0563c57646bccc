package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.CallCounter;
import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.lambda.ExecutionEnvironment;
import io.streamkeep.localcloud.lambda.Lambda;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Injects faults at the endpoints of DynamoDB and SQS, and counts the calls of DynamoDB. An
 * environment that was killed or hangs has neither effects nor answers.
 *
 * @param lambda is asked for only when there are calls of functions
 */
record ServiceCallListener(CallCounter calls, Supplier<Faults> faults, Supplier<Lambda> lambda)
    implements BiConsumer<ServiceCall, Phase> {

  @Override
  public void accept(ServiceCall call, Phase phase) {
    if (phase == Phase.BEFORE && call.operation().startsWith("DynamoDB")) {
      calls.add(call.function(), call.operation());
    }
    requireCaller(call);
    try {
      faults.get().call(call, phase);
    } catch (CallFaultException fault) {
      caller(call).ifPresent(environment -> inject(fault, environment));
      throw fault;
    }
    requireCaller(call);
  }

  private void requireCaller(ServiceCall call) {
    boolean byEnvironment = !call.function().isEmpty() && !call.environment().isEmpty();
    if (byEnvironment && caller(call).map(ExecutionEnvironment::endedOrHung).orElse(true)) {
      throw new IllegalStateException(call.function() + " ended during this call");
    }
  }

  private Optional<ExecutionEnvironment> caller(ServiceCall call) {
    return lambda.get().environment(call.environment());
  }

  private static void inject(CallFaultException fault, ExecutionEnvironment environment) {
    switch (fault.kind()) {
      case KILL_BEFORE, KILL_AFTER -> environment.kill();
      case TIMEOUT -> environment.hang(fault.after());
      default -> {}
    }
  }
}
