package io.streamkeep.functions.command;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.domain.json.ReadResult;
import io.streamkeep.domain.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;

/** Reads a request's body as JSON; a missing body is an empty object. */
final class RequestBody {

  /**
   * The commit of a body of this size fits an item of 400 KB, and its event a message of 256 KB,
   * although numbers may be written with more digits.
   */
  static final int MAX_BYTES = 224 * 1024;

  private RequestBody() {}

  static ReadResult<JsonObject> read(HttpRequest request) {
    byte[] body = request.body().asByteArrayUnsafe();
    if (body.length == 0) {
      return new ReadResult.Valid<>(JsonValue.EMPTY_JSON_OBJECT);
    }
    requireIdentity(request.tokens("Content-Encoding"));
    if (body.length > MAX_BYTES) {
      throw Problem.of(
              413,
              "body-too-large",
              "Body too large",
              "A body has at most " + MAX_BYTES + " bytes.")
          .exception();
    }
    request.header("Content-Type").ifPresent(RequestBody::requireJson);
    return StrictJson.parse(body);
  }

  private static void requireIdentity(List<String> encodings) {
    if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
      throw Problem.of(
              415,
              "encoded-body",
              "Unsupported encoding",
              "Send the body as it is, without a Content-Encoding.")
          .exception();
    }
  }

  private static void requireJson(String contentType) {
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.equals("application/json")) {
      throw Problem.of(
              415,
              "not-json",
              "Unsupported media type",
              "The Content-Type of a body is application/json.")
          .exception();
    }
  }
}
