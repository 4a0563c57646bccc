package io.streamkeep.localcloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * A request as the event that API Gateway makes of it for a Lambda proxy (payload format 1.0).
 *
 * <p>Requests need not be signed, and signatures are not checked: a signed request comes from the
 * IAM user with the name of its access key. As with AWS_IAM on API Gateway, the function does not
 * get the signature.
 */
record ProxyEvent(Request request, RouteMatcher.Match match, String requestId, String stage) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Headers between the client and the gateway only. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding");

  private static final Pattern SIGNATURE =
      Pattern.compile("AWS4-HMAC-SHA256 Credential=([\\w+=,.@-]+)/.*");

  /** Properties of the caller's identity that are null here, some of them only without a key. */
  private static final List<String> NULL_IDENTITY =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "user");

  /** The event; its body is base64-encoded, since all media types are binary, or null. */
  JsonObject json(byte[] body, String trace) {
    Map<String, List<String>> headers = headers(trace);
    Map<String, List<String>> query = query();
    String encoded = Base64.getEncoder().encodeToString(body);
    return Json.createObjectBuilder()
        .add("resource", match.route().path())
        .add("path", request.getHttpURI().getPath())
        .add("httpMethod", request.getMethod())
        .add("headers", last(headers))
        .add("multiValueHeaders", objectOrNull(headers))
        .add("queryStringParameters", last(query))
        .add("multiValueQueryStringParameters", objectOrNull(query))
        .add("pathParameters", objectOrNull(match.parameters()))
        .add("stageVariables", JsonValue.NULL)
        .add("requestContext", context())
        .add("body", body.length == 0 ? JsonValue.NULL : Json.createValue(encoded))
        .add("isBase64Encoded", body.length > 0)
        .build();
  }

  private static JsonValue objectOrNull(Map<String, ?> values) {
    return values.isEmpty() ? JsonValue.NULL : Json.createObjectBuilder(values).build();
  }

  private static JsonValue last(Map<String, List<String>> values) {
    return objectOrNull(
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getLast())));
  }

  private Map<String, List<String>> headers(String trace) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName();
      String value = field.getValue() == null ? "" : field.getValue();
      boolean signature =
          name.equalsIgnoreCase("Authorization") && SIGNATURE.matcher(value).matches();
      if (!signature && !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
        headers.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      }
    }
    headers.put("X-Amzn-Trace-Id", List.of(trace));
    headers.put("X-Forwarded-For", List.of(Request.getRemoteAddr(request)));
    headers.put("X-Forwarded-Port", List.of(String.valueOf(Request.getServerPort(request))));
    headers.put("X-Forwarded-Proto", List.of("http"));
    return headers;
  }

  private Map<String, List<String>> query() {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String text = request.getHttpURI().getQuery();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      if (!pair.isEmpty()) {
        String[] sides = pair.split("=", 2);
        query
            .computeIfAbsent(decode(sides[0]), name -> new ArrayList<>())
            .add(sides.length < 2 ? "" : decode(sides[1]));
      }
    }
    return query;
  }

  /** Text that cannot be decoded stays as it is. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private JsonObjectBuilder context() {
    Instant now = Instant.now();
    return Json.createObjectBuilder()
        .add("resourceId", "local")
        .add("resourcePath", match.route().path())
        .add("httpMethod", request.getMethod())
        .add("extendedRequestId", requestId)
        .add("requestTime", TIME.format(now))
        // without the stage: locally the API is at the root
        .add("path", request.getHttpURI().getPath())
        .add("accountId", PhysicalNames.ACCOUNT)
        .add("protocol", "HTTP/1.1")
        .add("stage", stage)
        .add("domainPrefix", "local")
        .add("requestTimeEpoch", now.toEpochMilli())
        .add("requestId", requestId)
        .add("identity", identity())
        .add("domainName", Request.getServerName(request))
        .add("apiId", "local");
  }

  private JsonObjectBuilder identity() {
    JsonObjectBuilder identity = Json.createObjectBuilder();
    NULL_IDENTITY.forEach(identity::addNull);
    String agent = request.getHeaders().get("User-Agent");
    identity
        .add("sourceIp", Request.getRemoteAddr(request))
        .add("userAgent", agent == null ? JsonValue.NULL : Json.createValue(agent));
    String authorization = request.getHeaders().get("Authorization");
    Matcher signature = SIGNATURE.matcher(authorization == null ? "" : authorization);
    if (signature.matches()) {
      String key = signature.group(1);
      identity
          .add("accountId", PhysicalNames.ACCOUNT)
          .add("accessKey", key)
          .add("caller", key)
          .add("user", key)
          .add("userArn", "arn:aws:iam::" + PhysicalNames.ACCOUNT + ":user/" + key);
    }
    return identity;
  }
}
