package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.template.ApiSpec.Response;


import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the gateway answers by itself, worded as the template's gateway responses say. */
final class OwnAnswers {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final Map<String, Response> responses;

  OwnAnswers(Map<String, Response> responses) {
    this.responses = responses;
  }

  ProxyResponse noSuchRoute(String requestId) {
    return answer("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token", requestId);
  }

  ProxyResponse tooLong(String message, String requestId) {
    return answer("DEFAULT_4XX", 413, message, requestId);
  }

  ProxyResponse badFunction(String requestId) {
    return answer("DEFAULT_5XX", 502, "Internal server error", requestId);
  }

  ProxyResponse timedOut(String requestId) {
    return answer("DEFAULT_5XX", 504, "Endpoint request timed out", requestId);
  }

  private ProxyResponse answer(String type, int status, String message, String requestId) {
    String family = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    Response response =
        responses.getOrDefault(
            type,
            responses.getOrDefault(
                family, new Response(Optional.empty(), Map.of(), Optional.empty())));
    String quoted = Json.createValue(message).toString();
    String body =
        response
            .template()
            .orElse("{\"message\":$context.error.messageString}")
            .replace("$context.error.messageString", quoted)
            .replace("$context.requestId", requestId);
    Map<String, String> headers = response.headers().isEmpty() ? JSON : response.headers();
    return new ProxyResponse(
        response.status().orElse(status),
        List.copyOf(headers.entrySet()),
        StandardCharsets.UTF_8.encode(body));
  }
}
