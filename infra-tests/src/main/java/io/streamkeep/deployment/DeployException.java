package io.streamkeep.deployment;

/** Thrown if a deployment can't start; the message says what to do. */
final class DeployException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeployException(String message) {
    super(message);
  }
}
