package io.streamkeep.testkit.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.http.HttpRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** Builds unsigned requests to the stage {@code dev}, with a deadline 20 seconds from a time. */
public final class ApiRequest {

  private final String method;
  private final String resource;
  private final Map<String, String> pathParameters = new HashMap<>();
  private final Map<String, List<String>> headers = new HashMap<>();
  private final Map<String, List<String>> query = new HashMap<>();
  private byte[] body = {};

  private ApiRequest(String method, String resource) {
    this.method = method;
    this.resource = resource;
  }

  /** Requests a route such as {@code GET /orders/{id}}. */
  public static ApiRequest of(String route) {
    String[] parts = route.split(" ", 2);
    return new ApiRequest(parts[0], parts[1]);
  }

  public ApiRequest id(String value) {
    pathParameters.put("id", value);
    return this;
  }

  /** A header with a line for each value. */
  public ApiRequest header(String name, String... values) {
    headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return this;
  }

  public ApiRequest query(String name, String value) {
    query.put(name, List.of(value));
    return this;
  }

  /** A JSON body. */
  public ApiRequest body(String json) {
    body = json.getBytes(UTF_8);
    return header("Content-Type", "application/json");
  }

  public HttpRequest at(Instant now) {
    String path = resource;
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return new HttpRequest(
        "request-1",
        null,
        method,
        resource,
        ("/dev" + path).replaceFirst("/$", ""),
        pathParameters,
        headers,
        query,
        SdkBytes.fromByteArray(body),
        now.plusSeconds(20));
  }
}
