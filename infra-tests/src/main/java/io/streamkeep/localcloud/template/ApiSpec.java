package io.streamkeep.localcloud.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST API as the template describes it.
 *
 * @param responses the gateway's own answers by type, such as DEFAULT_4XX
 */
public record ApiSpec(String stage, List<Route> routes, Map<String, Response> responses) {

  /**
   * A method of a path, such as /orders/{id}, and the logical id of the function behind it.
   *
   * @param method in capitals
   */
  public record Route(String method, String path, String function) {}

  /**
   * How the gateway words an answer of its own.
   *
   * @param template the body, with $context variables
   */
  public record Response(
      Optional<Integer> status, Map<String, String> headers, Optional<String> template) {}
}
