package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A function as the template describes it.
 *
 * @param memory in MB
 * @param timeout in seconds
 * @param role the only one whose permissions it has
 * @param logGroup the physical name
 * @param tracing whether Lambda sends traces of it to X-Ray
 */
public record FunctionSpec(
    String id,
    String runtime,
    Path code,
    String handler,
    int memory,
    int timeout,
    Variables variables,
    List<SourceSpec> sources,
    Role role,
    String logGroup,
    boolean tracing) {

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
