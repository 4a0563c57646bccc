package io.streamkeep.aws.dynamodb;

import io.streamkeep.kernel.store.ThrottledException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Translates the SDK's throttling errors into the kernel's. */
public final class Throttling {

  private Throttling() {}

  /** Calls DynamoDB; the SDK has backed off and retried before it throws what this translates. */
  public static <T> T translate(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw e.isThrottlingException() ? new ThrottledException(e) : e;
    }
  }
}
