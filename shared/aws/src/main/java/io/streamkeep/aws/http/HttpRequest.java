package io.streamkeep.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A request from API Gateway's Lambda proxy integration (REST, v1).
 *
 * @param actor the signer's ARN, which the gateway derives from the signature (AWS_IAM); null if
 *     the request was not signed
 * @param resource the path's template, such as {@code /orders/{id}}
 * @param path as the client sent it, with the stage, without trailing slashes, which the gateway
 *     ignores
 * @param pathParameters as the client sent them; a REST API decodes only the query
 * @param headers the headers by lower-case name
 * @param deadline when Lambda ends the invocation
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations</a>
 */
public record HttpRequest(
    String id,
    @Nullable Actor actor,
    String method,
    String resource,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    SdkBytes body,
    Instant deadline) {

  static final String CORRELATION = "X-Correlation-Id";
  private static final String TENANT = "X-Tenant-Id";

  static HttpRequest read(JsonObject event, Instant deadline) {
    JsonObject context = event.getJsonObject("requestContext");
    return new HttpRequest(
        context.getString("requestId"),
        object(context, "identity").get("userArn") instanceof JsonString arn
            ? new Actor(arn.getString())
            : null,
        event.getString("httpMethod"),
        event.getString("resource"),
        context.getString("path").replaceFirst("/+$", ""),
        object(event, "pathParameters").entrySet().stream()
            .collect(toMap(Map.Entry::getKey, e -> ((JsonString) e.getValue()).getString())),
        lists(object(event, "multiValueHeaders"), name -> name.toLowerCase(Locale.ROOT)),
        lists(object(event, "multiValueQueryStringParameters"), name -> name),
        body(event),
        deadline);
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

  /** True if the response must have the headers of a GET, but no body. */
  boolean isHead() {
    return method.equals("HEAD");
  }

  /** A parameter of the path, decoded; unchanged if it is not valid percent-encoding. */
  public String pathParameter(String name) {
    String sent = Optional.ofNullable(pathParameters.get(name)).orElseThrow();
    try {
      return URLDecoder.decode(sent.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return sent;
    }
  }

  /** The value of a header; repeating it is a bad request. */
  public Optional<String> header(String name) {
    return single(name, headers(name));
  }

  /**
   * The elements of a header that is a list of tokens, on one line or several.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1">RFC 9110, Lists</a>
   */
  public List<String> tokens(String name) {
    return headers(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .toList();
  }

  /** All values of a header that may be repeated. */
  List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The {@value #CORRELATION} header, otherwise the request's own id. */
  CorrelationId correlation() {
    return read(CORRELATION, CorrelationId::new, "must have 1 to 128 of A-Z a-z 0-9 . _ : -")
        .orElseGet(() -> new CorrelationId(id));
  }

  /**
   * The {@value #TENANT} header. It is not verified, as only trusted services can call: it says on
   * whose behalf a request is made and grants nothing.
   */
  Optional<TenantId> tenant() {
    return read(TENANT, TenantId::new, "must have 1 to 64 of A-Z a-z 0-9 . _ -");
  }

  /** The metadata of every commit that results from this request. */
  public Metadata metadata() {
    return new Metadata(
        actor, correlation(), new CausationId(id), TraceHeaders.of(this), tenant().orElse(null));
  }

  private <T> Optional<T> read(String header, Function<String, T> parse, String expected) {
    try {
      return header(header).map(parse);
    } catch (IllegalArgumentException e) {
      throw Problem.badParameter(header, expected).exception();
    }
  }

  /** The value of a query parameter; repeating it is a bad request. */
  public Optional<String> query(String name) {
    return single(name, query.getOrDefault(name, List.of()));
  }

  private static Optional<String> single(String name, List<String> values) {
    if (values.size() > 1) {
      throw Problem.badParameter(name, "must not be repeated").exception();
    }
    return values.stream().findFirst();
  }
}
