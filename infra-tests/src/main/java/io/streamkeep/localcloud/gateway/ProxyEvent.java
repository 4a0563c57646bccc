package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.template.Names;


import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
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
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/** A request as the event that API Gateway makes of it for a Lambda proxy (payload format 1.0). */
final class ProxyEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Between the client and the gateway only. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding");

  private final Request request;
  private final Routes.Match match;
  private final String requestId;
  private final String stage;

  ProxyEvent(Request request, Routes.Match match, String requestId, String stage) {
    this.request = request;
    this.match = match;
    this.requestId = requestId;
    this.stage = stage;
  }

  /** The body comes base64-encoded, since all media types are binary; none at all is null. */
  JsonObject json(byte[] body, String trace) {
    Map<String, List<String>> headers = headers(trace);
    Map<String, List<String>> query = query();
    JsonObjectBuilder event =
        Json.createObjectBuilder()
            .add("resource", match.route().path())
            .add("path", path())
            .add("httpMethod", request.getMethod())
            .add("headers", last(headers))
            .add("multiValueHeaders", all(headers))
            .add("queryStringParameters", last(query))
            .add("multiValueQueryStringParameters", all(query))
            .add("pathParameters", pathParameters())
            .add("stageVariables", JsonValue.NULL)
            .add("requestContext", context());
    if (body.length == 0) {
      return event.add("body", JsonValue.NULL).add("isBase64Encoded", false).build();
    }
    String encoded = Base64.getEncoder().encodeToString(body);
    return event.add("body", encoded).add("isBase64Encoded", true).build();
  }

  private String path() {
    return request.getHttpURI().getPath();
  }

  private Map<String, List<String>> headers(String trace) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      boolean hop = HOP_BY_HOP.contains(field.getName().toLowerCase(Locale.ROOT));
      if (!hop && !Identity.isSignature(field)) {
        headers
            .computeIfAbsent(field.getName(), name -> new ArrayList<>())
            .add(field.getValue() == null ? "" : field.getValue());
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
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query
            .computeIfAbsent(Routes.decode(name), any -> new ArrayList<>())
            .add(Routes.decode(value));
      }
    }
    return query;
  }

  private static JsonValue last(Map<String, List<String>> values) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    values.forEach((name, all) -> json.add(name, all.getLast()));
    return values.isEmpty() ? JsonValue.NULL : json.build();
  }

  private static JsonValue all(Map<String, List<String>> values) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    values.forEach(
        (name, all) -> {
          JsonArrayBuilder list = Json.createArrayBuilder();
          all.forEach(list::add);
          json.add(name, list);
        });
    return values.isEmpty() ? JsonValue.NULL : json.build();
  }

  private JsonValue pathParameters() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    match.parameters().forEach(json::add);
    return match.parameters().isEmpty() ? JsonValue.NULL : json.build();
  }

  private JsonObjectBuilder context() {
    Instant now = Instant.now();
    return Json.createObjectBuilder()
        .add("resourceId", "local")
        .add("resourcePath", match.route().path())
        .add("httpMethod", request.getMethod())
        .add("extendedRequestId", requestId)
        .add("requestTime", TIME.format(now))
        // no stage in front: locally the API is at the root
        .add("path", path())
        .add("accountId", Names.ACCOUNT)
        .add("protocol", "HTTP/1.1")
        .add("stage", stage)
        .add("domainPrefix", "local")
        .add("requestTimeEpoch", now.toEpochMilli())
        .add("requestId", requestId)
        .add("identity", Identity.of(request))
        .add("domainName", Request.getServerName(request))
        .add("apiId", "local");
  }
}
