package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamkeep.localcloud.iam.Role;
import io.streamkeep.localcloud.iam.Role.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads AWS::IAM::Role with its inline policies, which include those of AWS::IAM::Policy. */
final class RoleReader {
  private RoleReader() {}

  /** The roles by ARN. */
  static Map<String, Role> read(List<Resource> roles, List<Resource> policies) {
    Map<String, Role> read = new HashMap<>();
    for (Resource role : roles) {
      String name = PhysicalNames.physical(role.id());
      List<Statement> statements = new ArrayList<>();
      role.properties().path("Policies").forEach(policy -> statements.addAll(statements(policy)));
      policies.stream()
          .filter(policy -> texts(policy.properties().path("Roles")).contains(name))
          .forEach(policy -> statements.addAll(statements(policy.properties())));
      read.put(PhysicalNames.roleArn(role.id()), new Role(name, List.copyOf(statements)));
    }
    return read;
  }

  private static List<Statement> statements(JsonNode policy) {
    return policy
        .at("/PolicyDocument/Statement")
        .valueStream()
        .map(
            statement ->
                new Statement(texts(statement.path("Action")), texts(statement.path("Resource"))))
        .toList();
  }

  /** The texts of a list, or a single text. */
  private static List<String> texts(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).toList()
        : List.of(value.asText());
  }
}
