package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function as the template describes it.
 *
 * @param memory in MB
 * @param timeout in seconds
 * @param alias the name under which a version is published
 * @param snapStart whether environments are restored from a snapshot of the published version
 * @param role the only one whose permissions it has
 * @param tracing whether Lambda sends traces of it to X-Ray
 */
public record FunctionSpec(
    String id,
    String runtime,
    Path code,
    String handler,
    int memory,
    int timeout,
    Optional<String> alias,
    boolean snapStart,
    Logging logging,
    Variables variables,
    List<SourceSpec> sources,
    Role role,
    boolean tracing) {

  /**
   * Where the function's log goes.
   *
   * @param format JSON or Text
   */
  public record Logging(String group, String format) {}

  /** What the gateway and the mappings call: the alias, where there is one. */
  public String arn() {
    return Names.functionArn(id) + alias.map(name -> ":" + name).orElse("");
  }

  /** What is published: the first version, or nothing but what was last deployed. */
  public String version() {
    return alias.isPresent() ? "1" : "$LATEST";
  }

  public String name() {
    return Names.physical(id);
  }

  public Principal principal() {
    return new Principal(id, Names.sessionArn(role.name(), name()), role);
  }

  /** The template's environment variables, which may name queues and so need SQS' endpoint. */
  @FunctionalInterface
  public interface Variables {
    Map<String, String> at(String sqsEndpoint);
  }
}
