package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.Calls;
import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.HungCallerException;
import io.streamkeep.localcloud.faults.KilledCallerException;
import io.streamkeep.localcloud.iam.AccessKey;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.services.Call;
import io.streamkeep.localcloud.services.CallListener;
import io.streamkeep.localcloud.template.Names;


import java.util.function.Supplier;
import java.util.stream.Collectors;

/** DynamoDB's endpoint: counts the calls there, and has go wrong what is to. */
final class CallBoundary implements CallListener {
  private final Calls calls;
  private final Supplier<Faults> faults;
  private final Supplier<Lambda> lambda;

  /**
   * Between the functions and their tables.
   *
   * @param lambda is asked for only when there are calls of functions
   */
  CallBoundary(Calls calls, Supplier<Faults> faults, Supplier<Lambda> lambda) {
    this.calls = calls;
    this.faults = faults;
    this.lambda = lambda;
  }

  /** A caller that was killed meanwhile must neither have an effect nor see one. */
  @Override
  public void call(Call call, Phase phase) {
    String function = AccessKey.function(call.accessKey());
    if (phase == Phase.BEFORE) {
      calls.add(function, call.operation());
    }
    if (!function.isEmpty()) {
      callOf(function, call, phase);
    } else {
      faults.get().call(database(function, call), phase);
    }
  }

  private void callOf(String function, Call call, Phase phase) {
    Lambda functions = lambda.get();
    String environment = call.sessionToken();
    int kills = functions.kills(function);
    functions.awaitEndIfHung(function, environment);
    try {
      faults.get().call(database(function, call), phase);
    } catch (KilledCallerException killed) {
      functions.kill(function, environment);
      throw killed;
    } catch (HungCallerException hung) {
      functions.hang(function, environment, hung.after());
      throw hung;
    }
    if (functions.kills(function) != kills || functions.ended(function, environment)) {
      throw new IllegalStateException(function + " was killed in mid-call");
    }
  }

  private static DatabaseCall database(String function, Call call) {
    return new DatabaseCall(
        function,
        call.operation(),
        call.resources().stream().map(Names::table).collect(Collectors.toSet()));
  }
}
