package io.streamkeep.localcloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.template.ApiSpec.Response;
import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway's own responses, worded as the template's gateway responses say. */
record GatewayResponses(Map<String, Response> responses) {
  private static final Response DEFAULT =
      new Response(Optional.empty(), Map.of("Content-Type", "application/json"), Optional.empty());

  ProxyResponse noSuchRoute(String requestId) {
    return answer("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token", requestId);
  }

  ProxyResponse tooLong(String message, String requestId) {
    return answer("DEFAULT_4XX", 413, message, requestId);
  }

  ProxyResponse badFunction(String requestId) {
    return answer("DEFAULT_5XX", 502, "Internal server error", requestId);
  }

  /** Lambda answers with 429, of which a proxy integration makes a 500. */
  ProxyResponse throttled(String requestId) {
    return answer("DEFAULT_5XX", 500, "Internal server error", requestId);
  }

  ProxyResponse timedOut(String requestId) {
    return answer("DEFAULT_5XX", 504, "Endpoint request timed out", requestId);
  }

  private ProxyResponse answer(String type, int status, String message, String requestId) {
    String family = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    Response response = responses.getOrDefault(type, responses.getOrDefault(family, DEFAULT));
    String body =
        response
            .template()
            .orElse("{\"message\":$context.error.messageString}")
            .replace("$context.error.messageString", Json.createValue(message).toString())
            .replace("$context.requestId", requestId);
    return new ProxyResponse(
        response.status().orElse(status),
        List.copyOf(response.headers().entrySet()),
        UTF_8.encode(body));
  }
}
