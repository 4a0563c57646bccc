package io.streamkeep.e2e.support;

import java.io.PrintStream;
import java.util.Set;

/** A behaviour that LocalStack can't show, with the reason. */
public enum LocalStackLimit {
  SIGNED_REQUESTS(
      "unsigned requests are rejected", "it ignores a REST API's authorizers, AWS_IAM too"),
  PERMISSIONS(
      "functions have the permissions that they need, and no others",
      "it does not enforce IAM; the roles after SAM's transform are compared instead, with those"
          + " that the local cloud enforces"),
  GATEWAY_RESPONSES(
      "an unknown route is a problem+json 403 (GatewaySuite)",
      "it does not import an OpenAPI body's x-amazon-apigateway-gateway-responses"),
  ACCESS_LOG("the gateway logs each request", "it drops AccessLogSetting"),
  LOG_GROUPS("functions log into the groups of the template", "it only mocks LoggingConfig"),
  LOG_RETENTION("logs are kept as long as the template says", "it drops RetentionInDays"),
  RECOVERY("tables can be restored", "it drops PointInTimeRecoverySpecification"),
  DELETION_PROTECTION("tables are protected", "it drops DeletionProtectionEnabled"),
  SNAP_START("functions start from a snapshot", "it drops SnapStart"),
  TRACES("functions are traced", "it has no X-Ray"),
  METRICS(
      "alarms on a function's duration and throttles and on its iterator's age",
      "it has no such metrics"),
  BISECT(
      "a failing batch is bisected until the bad record is alone, which is discarded",
      "it ignores BisectBatchOnFunctionError");

  /** Resource types that it reports as created without creating anything. */
  static final Set<String> PRETENDED = Set.of("AWS::CloudWatch::Dashboard");

  private final String notRun;
  private final String reason;

  LocalStackLimit(String notRun, String reason) {
    this.notRun = notRun;
    this.reason = reason;
  }

  static void print(PrintStream out) {
    out.println("Not run on LocalStack:");
    for (LocalStackLimit limit : values()) {
      out.println("  - " + limit.notRun + ": " + limit.reason);
    }
    out.println(
        "  - two hundred concurrent requests: it starts a container for each, so six are sent");
    out.println("  - functions on arm64: it runs them on this machine's architecture");
    out.println("  - delivery faults and call counts: only the local cloud has them");
    PRETENDED.forEach(type -> out.println("  - " + type + ": reported as created, but missing"));
  }
}
