package io.streamkeep.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Failures in a function's log: what failed, with which exceptions and where. */
public final class FailureLog {

  private FailureLog() {}

  /** {@code what} must hold no payload; nor do the messages of our own exceptions. */
  public static void log(Context context, String what, RuntimeException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    context.getLogger().log(what + ": " + trace, LogLevel.ERROR);
  }
}
