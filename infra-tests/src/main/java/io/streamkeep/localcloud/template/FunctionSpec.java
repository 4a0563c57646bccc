package io.streamkeep.localcloud.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A function as the template describes it.
 *
 * @param memory in MB
 * @param timeout in seconds
 */
public record FunctionSpec(
    String id,
    String runtime,
    Path code,
    String handler,
    int memory,
    int timeout,
    Variables variables,
    List<SourceSpec> sources) {

  public String name() {
    return Names.physical(id);
  }

  /** The template's environment variables, which may name queues and so need SQS' endpoint. */
  @FunctionalInterface
  public interface Variables {
    Map<String, String> at(String sqsEndpoint);
  }
}
