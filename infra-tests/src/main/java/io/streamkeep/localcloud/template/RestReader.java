package io.streamkeep.localcloud.template;

/** What is checked, though there is nothing to do for it locally. */
final class RestReader {
  private RestReader() {}

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
