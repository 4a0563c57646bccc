package io.streamkeep.aws.http;

import io.streamkeep.aws.log.LogLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The routes of a function, by method and resource such as {@code GET /orders/{id}}, each with its
 * handler. A handler also adds to the request's log line.
 */
public final class Routes {

  private final Map<String, BiFunction<HttpRequest, LogLine, HttpResponse>> handlers =
      new HashMap<>();

  public Routes add(String route, BiFunction<HttpRequest, LogLine, HttpResponse> handler) {
    handlers.put(route, handler);
    return this;
  }

  public Set<String> names() {
    return Set.copyOf(handlers.keySet());
  }

  /** Responds to a request; throws {@link IllegalArgumentException} if it has no route. */
  public HttpResponse handle(HttpRequest request, LogLine line) {
    BiFunction<HttpRequest, LogLine, HttpResponse> handler =
        handlers.get(request.method() + " " + request.resource());
    if (handler == null) {
      throw new IllegalArgumentException("Not a route of this function");
    }
    return handler.apply(request, line);
  }
}
