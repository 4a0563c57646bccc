package io.streamkeep.aws;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** The context of an invocation without a runtime, with 20 seconds left. */
public final class TestContext {

  private TestContext() {}

  public static Context of(String function, String requestId) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getFunctionName" -> function;
                  case "getAwsRequestId" -> requestId;
                  case "getRemainingTimeInMillis" -> 20_000;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
