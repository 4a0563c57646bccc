package io.streamkeep.localcloud.template;

/** Permissions and log groups: checked, though there is nothing to do for them locally. */
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
}
