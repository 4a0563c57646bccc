package io.streamkeep.localcloud.template;

/** What is checked, though there is nothing to do for it locally. */
final class RestReader {
  private RestReader() {}

  static void role(Value role) {
    role.only("role", "AssumeRolePolicyDocument", "Policies");
    document(role.need("AssumeRolePolicyDocument"), "Principal");
    for (Value policy : role.need("Policies").items()) {
      policy.only("policy", "PolicyName", "PolicyDocument");
      document(policy.need("PolicyDocument"), "Resource");
    }
  }

  private static void document(Value document, String scope) {
    document.only("policy document", "Version", "Statement");
    document.need("Version").oneOf("2012-10-17");
    for (Value statement : document.need("Statement").items()) {
      statement.only("statement", "Effect", "Action", scope);
      statement.need("Effect").oneOf("Allow");
    }
  }

  static void permission(Value permission) {
    permission.only("permission", "Action", "FunctionName", "Principal", "SourceArn");
    permission.need("Action").oneOf("lambda:InvokeFunction");
    permission.need("Principal").oneOf("apigateway.amazonaws.com");
  }

  static void logGroup(Value group) {
    group.only("log group", "RetentionInDays");
  }

  static void alarm(Value alarm) {
    alarm.only(
        "alarm",
        "AlarmDescription",
        "Namespace",
        "MetricName",
        "Dimensions",
        "Statistic",
        "Period",
        "EvaluationPeriods",
        "Threshold",
        "ComparisonOperator",
        "TreatMissingData",
        "AlarmActions");
  }

  static void dashboard(Value dashboard) {
    dashboard.only("dashboard", "DashboardBody");
  }

  static void topic(Value topic) {
    topic.only("topic", "DisplayName");
  }

  static void subscription(Value subscription) {
    subscription.only("subscription", "TopicArn", "Protocol", "Endpoint");
  }
}
