package io.streamkeep.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.streamkeep.kernel.CorrelationId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A request, as API Gateway's Lambda proxy integration (REST, v1) hands it over.
 *
 * @param resource the path's template, such as {@code /orders/{id}}
 * @param path the path as the client sent it, with the stage, without slashes at its end: the
 *     gateway passes over those
 * @param pathParameters as the client sent them: a REST API decodes the query alone
 * @param headers by name in lower case
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations</a>
 */
public record HttpRequest(
    String id,
    String method,
    String resource,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    SdkBytes body) {

  static final String CORRELATION = "X-Correlation-Id";

  static HttpRequest read(JsonObject event) {
    JsonObject context = event.getJsonObject("requestContext");
    return new HttpRequest(
        context.getString("requestId"),
        event.getString("httpMethod"),
        event.getString("resource"),
        context.getString("path").replaceFirst("/+$", ""),
        object(event, "pathParameters").entrySet().stream()
            .collect(toMap(Map.Entry::getKey, e -> ((JsonString) e.getValue()).getString())),
        lists(object(event, "multiValueHeaders"), name -> name.toLowerCase(Locale.ROOT)),
        lists(object(event, "multiValueQueryStringParameters"), name -> name),
        body(event));
  }

  private static JsonObject object(JsonObject event, String name) {
    return event.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static Map<String, List<String>> lists(JsonObject json, UnaryOperator<String> name) {
    return json.entrySet().stream()
        .collect(
            toMap(
                e -> name.apply(e.getKey()),
                e ->
                    ((JsonArray) e.getValue())
                        .getValuesAs(JsonString.class).stream().map(JsonString::getString).toList(),
                (a, b) -> a));
  }

  private static SdkBytes body(JsonObject event) {
    if (!(event.get("body") instanceof JsonString body)) {
      return SdkBytes.fromByteArrayUnsafe(new byte[0]);
    }
    return event.getBoolean("isBase64Encoded", false)
        ? SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(body.getString()))
        : SdkBytes.fromUtf8String(body.getString());
  }

  /** A part of the path that the template names, decoded; what can't be stays as it came. */
  public String pathParameter(String name) {
    String sent = Optional.ofNullable(pathParameters.get(name)).orElseThrow();
    try {
      return URLDecoder.decode(sent.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return sent;
    }
  }

  /** A header that may be given once; more often is a bad request. */
  public Optional<String> header(String name) {
    return single(name, headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** The client's {@value #CORRELATION} if it gives one, else the request's own id. */
  public CorrelationId correlation() {
    try {
      return new CorrelationId(header(CORRELATION).orElse(id));
    } catch (IllegalArgumentException e) {
      throw Problem.badParameter(CORRELATION, "must have 1 to 128 of A-Z a-z 0-9 . _ : -")
          .exception();
    }
  }

  /** A query parameter that may be given once; more often is a bad request. */
  public Optional<String> query(String name) {
    return single(name, query.getOrDefault(name, List.of()));
  }

  private static Optional<String> single(String name, List<String> values) {
    if (values.size() > 1) {
      throw Problem.badParameter(name, "is given more than once").exception();
    }
    return values.stream().findFirst();
  }
}
