package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.template.ApiSpec.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Finds the route of a request; a fixed path segment takes precedence over a parameter. */
final class RouteMatcher {
  private final List<Route> routes;

  RouteMatcher(List<Route> routes) {
    // '{' sorts after all characters of a fixed part
    this.routes = routes.stream().sorted(Comparator.comparing(Route::path)).toList();
  }

  /**
   * A route that matches a request.
   *
   * @param parameters the path parameters, undecoded: a REST API decodes only the query
   */
  record Match(Route route, Map<String, String> parameters) {}

  /** Finds the route; trailing slashes of the path are ignored. */
  Optional<Match> find(String method, String requested) {
    String path = requested.replaceFirst("(?<=[^/])/+$", "");
    return routes.stream()
        .map(route -> new UriTemplatePathSpec(route.path()))
        .filter(resource -> resource.matches(path))
        .findFirst()
        .flatMap(
            resource ->
                routes.stream()
                    .filter(route -> route.path().equals(resource.getDeclaration()))
                    .filter(route -> route.method().equals(method))
                    .map(route -> new Match(route, resource.getPathParams(path)))
                    .findFirst());
  }
}
