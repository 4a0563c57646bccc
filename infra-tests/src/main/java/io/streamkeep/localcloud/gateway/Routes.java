package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.template.ApiSpec.Route;


import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request; a fixed part of a path goes before a parameter. */
final class Routes {
  private final List<Route> routes;

  Routes(List<Route> routes) {
    // '{' sorts after all that a fixed part may have
    this.routes = routes.stream().sorted(Comparator.comparing(Route::path)).toList();
  }

  /**
   * A route and what its parameters are in a request, as they came: a REST API decodes the query
   * alone.
   *
   * @param route the route
   */
  record Match(Route route, Map<String, String> parameters) {}

  /** Slashes at the end of a path are passed over. */
  Optional<Match> find(String method, String sent) {
    String path = sent.replaceFirst("(?<=[^/])/+$", "");
    return routes.stream()
        .flatMap(route -> parameters(route, path).map(all -> new Match(route, all)).stream())
        .findFirst()
        .flatMap(first -> withMethod(first.route().path(), first.parameters(), method));
  }

  private Optional<Match> withMethod(
      String resource, Map<String, String> parameters, String method) {
    return routes.stream()
        .filter(route -> route.path().equals(resource) && route.method().equals(method))
        .findFirst()
        .map(route -> new Match(route, parameters));
  }

  private static Optional<Map<String, String>> parameters(Route route, String path) {
    String[] names = route.path().split("/", -1);
    String[] parts = path.split("/", -1);
    if (names.length != parts.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{") && !parts[i].isEmpty()) {
        parameters.put(names[i].substring(1, names[i].length() - 1), parts[i]);
      } else if (!names[i].equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** What can't be decoded stays as it came. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
