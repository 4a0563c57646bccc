package io.streamkeep.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Function;

/** Sends requests, and retries those answered with 429, with 5xx or not at all. */
public final class RetryingHttpClient implements AutoCloseable {

  // Longer than a function and its cold start may take.
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_DESCRIBED = 300;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final RetrySettings settings;

  public RetryingHttpClient(RetrySettings settings) {
    this.settings = settings;
  }

  public static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
  }

  /** A request of a command with a JSON body. */
  public static HttpRequest command(String method, URI uri, String key, String body) {
    return request(uri)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  /** True if a server accepts connections there, whatever it responds. */
  boolean connects(URI uri) throws InterruptedException {
    try {
      client.send(request(uri).build(), BodyHandlers.discarding());
      return true;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns the last response, even an error; throws if the last attempt got none. */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == settings.attempts();
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
        if (last || !(response.statusCode() == 429 || response.statusCode() >= 500)) {
          return response;
        }
      } catch (IOException e) {
        if (last) {
          throw new IOException(
              "gave up: no answer to %s %s in %d attempts (%s)"
                  .formatted(request.method(), request.uri(), attempt, e),
              e);
        }
      }
      Thread.sleep(settings.jitteredBackoff(attempt));
    }
  }

  /** One line: the request, the status and the start of the body. */
  public static String describe(HttpResponse<String> response) {
    String body = response.body().strip().replaceAll("\\s+", " ");
    return "%s %s answered %d %s"
        .formatted(
            response.request().method(),
            response.uri(),
            response.statusCode(),
            body.substring(0, Math.min(body.length(), MAX_DESCRIBED)));
  }

  static JsonValue json(HttpResponse<String> response) {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readValue();
    }
  }

  /** Applies a reader that throws, unchecked, if the JSON is not what the API's contract says. */
  static <T> T read(HttpResponse<String> response, Function<JsonValue, T> reader)
      throws ResponseException {
    try {
      return reader.apply(json(response));
    } catch (RuntimeException e) { // JSON-P throws a different one for each kind of mismatch
      throw new ResponseException(describe(response) + ": " + e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
