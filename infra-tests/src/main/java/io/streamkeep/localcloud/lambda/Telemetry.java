package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.AccessDeniedException;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import java.util.function.Consumer;

/**
 * An environment's log and traces, which Lambda sends with the function's role. As on AWS, they are
 * lost if the role does not allow them, and the function runs all the same.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html">Logs</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html">Traces</a>
 */
final class Telemetry {
  private static final Access PUT_TRACE_SEGMENTS = new Access("xray:PutTraceSegments", "*");
  private static final Access PUT_TELEMETRY_RECORDS = new Access("xray:PutTelemetryRecords", "*");

  private final FunctionSpec function;
  private final Permissions permissions;
  private final Consumer<String> log;
  private final Access putLogEvents;
  private final boolean hasStream;

  /** Creates the environment's log stream. */
  Telemetry(FunctionSpec function, String stream, Permissions permissions, Consumer<String> log) {
    String arn = PhysicalNames.logStreamArn(function.logging().group(), stream);
    this.function = function;
    this.permissions = permissions;
    this.log = log;
    this.putLogEvents = new Access("logs:PutLogEvents", arn);
    this.hasStream = use(new Access("logs:CreateLogStream", arn));
  }

  /** Throws where Lambda would not create the function, because it could not send its traces. */
  static void requireTraces(FunctionSpec function, Permissions permissions) {
    if (function.tracing()) {
      permissions.require(
          function.id(),
          "The provided execution role does not have permissions to call PutTraceSegments on XRAY",
          PUT_TRACE_SEGMENTS);
    }
  }

  /** Lambda logs the start and the end of each invocation, and traces it. */
  void invoked() {
    boolean unused = hasStream && use(putLogEvents);
    if (function.tracing()) {
      unused = use(PUT_TRACE_SEGMENTS) && use(PUT_TELEMETRY_RECORDS);
    }
  }

  void line(String line) {
    if (hasStream && use(putLogEvents)) {
      log.accept("[" + function.id() + "] " + line);
    }
  }

  /** False for an access that the role does not allow. */
  private boolean use(Access access) {
    try {
      permissions.use(function.id(), access);
      return true;
    } catch (AccessDeniedException e) {
      return false;
    }
  }
}
