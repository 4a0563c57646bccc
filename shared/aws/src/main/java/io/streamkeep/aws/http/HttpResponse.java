package io.streamkeep.aws.http;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response to API Gateway's Lambda proxy integration. */
public record HttpResponse(int status, Map<String, String> headers, String body) {

  public static HttpResponse json(int status, String body) {
    return of(status, "application/json", body);
  }

  public static HttpResponse of(int status, String contentType, String body) {
    return new HttpResponse(status, Map.of("Content-Type", contentType), body);
  }

  /** The response to a client that already has what it asks for, by its entity tag. */
  static HttpResponse notModified(String etag) {
    return new HttpResponse(304, Map.of("ETag", etag), "");
  }

  public HttpResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, body);
  }

  /** The response to a HEAD. */
  HttpResponse withoutBody() {
    return new HttpResponse(status, headers, "");
  }

  JsonObject write() {
    JsonObjectBuilder json = Json.object();
    headers.forEach(json::add);
    return Json.object()
        .add("statusCode", status)
        .add("headers", json)
        .add("body", body)
        .add("isBase64Encoded", false)
        .build();
  }
}
