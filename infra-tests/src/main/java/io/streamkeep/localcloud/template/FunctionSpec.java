package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function.
 *
 * @param memory in MB
 * @param timeout in seconds
 * @param alias the name under which a version is published
 * @param snapStart whether environments start from a snapshot of the published version
 * @param role the source of all its permissions
 * @param tracing whether Lambda sends its traces to X-Ray
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
   * The destination of the function's log.
   *
   * @param format JSON or Text
   */
  public record Logging(String group, String format) {}

  /** The ARN that the gateway and the mappings invoke: that of the alias, if there is one. */
  public String arn() {
    return PhysicalNames.functionArn(id) + alias.map(name -> ":" + name).orElse("");
  }

  /** The published version, or $LATEST if none is published. */
  public String version() {
    return alias.isPresent() ? "1" : "$LATEST";
  }

  public String name() {
    return PhysicalNames.physical(id);
  }

  public Principal principal() {
    return new Principal(id, PhysicalNames.sessionArn(role.name(), name()), role);
  }

  /** The environment variables; queue URLs in them contain the endpoint of SQS. */
  @FunctionalInterface
  public interface Variables {
    Map<String, String> at(String sqsEndpoint);
  }
}
