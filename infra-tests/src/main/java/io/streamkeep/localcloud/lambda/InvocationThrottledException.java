package io.streamkeep.localcloud.lambda;

/**
 * Thrown where Lambda throttles an invocation (TooManyRequestsException): the event has not reached
 * the function.
 */
public final class InvocationThrottledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvocationThrottledException(String function) {
    super("Rate Exceeded: " + function);
  }
}
