package io.streamkeep.aws.http;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * An error of a request, answered as {@code application/problem+json}.
 *
 * @param code a stable name in kebab case; the problem's type ends in it
 * @param title the same for every problem of this code
 * @param detail the problem with this request
 * @param errors the errors in the input, if any
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(
    int status, String code, String title, String detail, List<InputError> errors) {

  private static final int UNAVAILABLE = 503;
  private static final String TYPE = "tag:streamkeep.io,2026:";

  /** An error of the input and its location. */
  public sealed interface InputError {
    String detail();

    /** In the body, by its JSON pointer (RFC 6901). */
    record At(String pointer, String detail) implements InputError {}

    /** In a header or in the query, by its name. */
    record Parameter(String parameter, String detail) implements InputError {}
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of());
  }

  public static Problem badInput(List<InputError> errors) {
    return new Problem(
        400, "bad-input", "Bad input", "The request is invalid; see errors.", errors);
  }

  public static Problem badParameter(String name, String detail) {
    return badInput(List.of(new InputError.Parameter(name, detail)));
  }

  /** A precondition that the newest commit does not meet. */
  static Problem preconditionFailed(long commit) {
    return of(
        412,
        "precondition-failed",
        "Precondition failed",
        "If-Match or If-None-Match does not hold: the newest commit is " + commit + ".");
  }

  /** A temporary failure, answered with {@code Retry-After}. */
  public static Problem unavailable(String code, String detail) {
    return of(UNAVAILABLE, code, "Temporarily unavailable", detail);
  }

  /** True if a client is asked to repeat the request. */
  boolean isTemporary() {
    return status == UNAVAILABLE;
  }

  /** An exception that {@link ApiHandler} answers with this problem. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  HttpResponse response(String requestId) {
    JsonObjectBuilder json =
        Json.object()
            .add("type", TYPE + code)
            .add("title", title)
            .add("status", status)
            .add("code", code)
            .add("detail", detail)
            .add("instance", "urn:request:" + requestId);
    if (!errors.isEmpty()) {
      JsonArrayBuilder array = Json.array();
      errors.forEach(error -> array.add(write(error)));
      json.add("errors", array);
    }
    HttpResponse response =
        HttpResponse.of(status, "application/problem+json", json.build().toString());
    return isTemporary() ? response.with("Retry-After", "1") : response;
  }

  private static JsonObjectBuilder write(InputError error) {
    JsonObjectBuilder json = Json.object();
    switch (error) {
      case InputError.At(var pointer, var unused) -> json.add("pointer", pointer);
      case InputError.Parameter(var parameter, var unused) -> json.add("parameter", parameter);
    }
    return json.add("detail", error.detail());
  }
}
