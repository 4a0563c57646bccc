package io.streamkeep.localcloud.template;

/** Roles, permissions and log groups: checked, though there is nothing to do for them locally. */
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
}
