package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.Permissions.Used;
import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import io.streamkeep.localcloud.iam.Role.Statement;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.Template;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions' permissions: those in IAM after SAM's transform, and those that the local cloud
 * reads from the template.
 */
public record DeployedRoles(LocalStackBackend backend) {

  /** Suffix by which SQS recognizes FIFO queues. */
  private static final String FIFO = ".fifo";

  public static Set<Used> inTemplate() throws IOException {
    return grants(functions().stream().map(FunctionSpec::principal).toList());
  }

  public Set<Used> deployed() throws IOException {
    return grants(functions().stream().map(this::deployed).toList());
  }

  private static List<FunctionSpec> functions() throws IOException {
    return Template.read(LocalCloudExtension.TEMPLATE).functions();
  }

  /** Before the first call, every granted permission is unused. */
  private static Set<Used> grants(Collection<Principal> principals) {
    return Set.copyOf(new Permissions(principals).unused());
  }

  private Principal deployed(FunctionSpec function) {
    String role = role(function.id());
    assertThat(
            aws("list-attached-role-policies --role-name " + role).getJsonArray("AttachedPolicies"))
        .isEmpty();
    List<Statement> statements = new ArrayList<>();
    for (String policy :
        texts(aws("list-role-policies --role-name " + role).getValue("/PolicyNames"))) {
      aws("get-role-policy --role-name %s --policy-name %s".formatted(role, policy))
          .getJsonObject("PolicyDocument")
          .getJsonArray("Statement")
          .getValuesAs(JsonObject.class)
          .forEach(statement -> statements.add(statement(statement)));
    }
    return new Principal(function.id(), "", new Role(role, statements));
  }

  /** Grants the function's role a permission that the template does not. */
  public void grantExtra(String function) {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}]}\
        """
            .replace("\"", "\\\"");
    backend
        .localStack()
        .run(
            "awslocal iam put-role-policy --policy-name more --role-name %s --policy-document \"%s\""
                .formatted(role(function), policy));
  }

  private String role(String function) {
    String arn =
        backend
            .localStack()
            .aws("lambda get-function-configuration --function-name " + backend.physical(function))
            .asJsonObject()
            .getString("Role");
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private JsonObject aws(String command) {
    return backend.localStack().aws("iam " + command).asJsonObject();
  }

  private Statement statement(JsonObject json) {
    assertThat(json.keySet()).containsExactlyInAnyOrder("Effect", "Action", "Resource");
    assertThat(json.getString("Effect")).isEqualTo("Allow");
    return new Statement(
        texts(json.getValue("/Action")),
        texts(json.getValue("/Resource")).stream().map(this::toLocalArn).toList());
  }

  private static List<String> texts(JsonValue oneOrMore) {
    return oneOrMore instanceof JsonArray array
        ? array.getValuesAs(JsonString::getString)
        : List.of(((JsonString) oneOrMore).getString());
  }

  private String toLocalArn(String arn) {
    String local = arn.replaceFirst("/stream/[0-9].*", "/stream/1970-01-01T00:00:00.000");
    for (Map.Entry<String, String> resource : backend.physical().entrySet()) {
      String name = resource.getValue().substring(resource.getValue().lastIndexOf('/') + 1);
      if (name.contains("-" + resource.getKey() + "-")) {
        String kind = name.endsWith(FIFO) ? FIFO : "";
        local = local.replace(name, PhysicalNames.physical(resource.getKey()) + kind);
      }
    }
    return local;
  }
}
