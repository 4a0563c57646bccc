package io.streamkeep.importer;

import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.aws.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * A rejection, an error that outlasted every retry, or a response that the API's contract does not
 * allow.
 */
final class ResponseException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final Set<Integer> REJECTIONS = Set.of(400, 409, 413, 422);

  private final transient Optional<String> rejection;

  ResponseException(String message) {
    this(message, Optional.empty());
  }

  private ResponseException(String message, Optional<String> rejection) {
    super(message);
    this.rejection = rejection;
  }

  /** Creates the exception for an unsuccessful response. */
  static ResponseException of(HttpResponse<String> response) {
    String description = RetryingHttpClient.describe(response);
    if (!REJECTIONS.contains(response.statusCode())) {
      return new ResponseException(description);
    }
    try {
      JsonObject problem = Json.read(response.body());
      String code = problem.getString("code", Integer.toString(response.statusCode()));
      String detail = problem.getString("detail", problem.getString("title", ""));
      return code.equals("contended") // not the invoice's fault: it may succeed next time
          ? new ResponseException(description)
          : new ResponseException(code + ": " + detail, Optional.of(code));
    } catch (JsonException | ClassCastException e) {
      return new ResponseException(description + ": " + e);
    }
  }

  /** The problem's code if the command was rejected, as it would be again. */
  Optional<String> rejection() {
    return rejection;
  }
}
