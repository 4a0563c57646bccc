package io.streamkeep.aws.http;

import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.log.LogLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The routes of a function, by method and resource such as {@code GET /orders/{id}}, each with its
 * query parameters and its handler, which also adds to the request's log line. {@code HEAD} is
 * handled as {@code GET}.
 */
public final class Routes {

  private final Map<String, Route> routes = new HashMap<>();

  private record Route(
      Set<String> parameters, BiFunction<HttpRequest, LogLine, HttpResponse> handler) {}

  /**
   * Adds a route.
   *
   * @param parameters the names of its query parameters; a request with any other is refused
   */
  public Routes add(
      String route,
      Set<String> parameters,
      BiFunction<HttpRequest, LogLine, HttpResponse> handler) {
    routes.put(route, new Route(Set.copyOf(parameters), handler));
    return this;
  }

  public Set<String> names() {
    return Set.copyOf(routes.keySet());
  }

  /** The names of a route's query parameters. */
  Set<String> parameters(String route) {
    return Optional.ofNullable(routes.get(route)).orElseThrow().parameters();
  }

  /** Responds to a request; throws {@link IllegalArgumentException} if it has no route. */
  public HttpResponse handle(HttpRequest request, LogLine line) {
    String method = request.isHead() ? "GET" : request.method();
    Route route = routes.get(method + " " + request.resource());
    if (route == null) {
      throw new IllegalArgumentException("Not a route of this function");
    }
    refuseOthers(request, route.parameters());
    return route.handler().apply(request, line);
  }

  /** A misspelled parameter must not be taken for a missing one. */
  private static void refuseOthers(HttpRequest request, Set<String> parameters) {
    List<InputError> errors =
        request.query().keySet().stream()
            .filter(name -> !parameters.contains(name))
            .sorted()
            .<InputError>map(
                name -> new InputError.Parameter(name, "is not a parameter of this operation"))
            .toList();
    if (!errors.isEmpty()) {
      throw Problem.badInput(errors).exception();
    }
  }
}
