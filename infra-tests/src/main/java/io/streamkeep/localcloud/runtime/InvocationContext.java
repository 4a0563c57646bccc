package io.streamkeep.localcloud.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler is told about its invocation. */
public record InvocationContext(Invocation invocation, Map<String, String> environment)
    implements Context {
  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public String getLogGroupName() {
    return environment.getOrDefault("AWS_LAMBDA_LOG_GROUP_NAME", "");
  }

  @Override
  public String getLogStreamName() {
    return environment.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", "");
  }

  @Override
  public String getFunctionName() {
    return environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "");
  }

  @Override
  public String getFunctionVersion() {
    return environment.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", "");
  }

  @Override
  public String getInvokedFunctionArn() {
    return invocation.functionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, invocation.deadline() - InstantSource.system().millis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return Integer.parseInt(environment.getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "0"));
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.out.println(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
