package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Role;
import io.streamkeep.localcloud.iam.Statement;
import java.util.ArrayList;
import java.util.List;

/** AWS::IAM::Role with inline policies that only allow, and without conditions. */
final class RoleReader {
  private RoleReader() {}

  static Role read(String id, Value role) {
    role.only("role", "AssumeRolePolicyDocument", "Policies");
    statements(role.need("AssumeRolePolicyDocument"), "Principal");
    List<Statement> statements = new ArrayList<>();
    for (Value policy : role.need("Policies").items()) {
      policy.only("policy", "PolicyName", "PolicyDocument");
      for (Value statement : statements(policy.need("PolicyDocument"), "Resource")) {
        statements.add(
            new Statement(
                statement.need("Action").oneOrMore(), statement.need("Resource").oneOrMore()));
      }
    }
    return new Role(Names.physical(id), statements);
  }

  private static List<Value> statements(Value document, String scope) {
    document.only("policy document", "Version", "Statement");
    document.need("Version").oneOf("2012-10-17");
    List<Value> statements = document.need("Statement").items();
    for (Value statement : statements) {
      statement.only("statement", "Effect", "Action", scope);
      statement.need("Effect").oneOf("Allow");
    }
    return statements;
  }
}
