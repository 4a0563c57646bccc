package io.streamkeep.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests; retries on 429, on 5xx, on the code {@code contended}, and on no response. */
public final class RetryingHttpClient implements AutoCloseable {

  // Longer than any function takes, including its cold start.
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_DESCRIBED = 300;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final RetryPolicy<HttpResponse<String>> policy;
  private final FailsafeExecutor<HttpResponse<String>> retries;

  /**
   * Limits the retries.
   *
   * @param attempts the maximum for one request
   * @param shortest roughly the first wait between attempts; each further wait is twice as long
   * @param longest the maximum wait
   */
  public RetryingHttpClient(int attempts, Duration shortest, Duration longest) {
    this.policy =
        RetryPolicy.<HttpResponse<String>>builder()
            .handle(IOException.class)
            .handleResultIf(RetryingHttpClient::isTransient)
            .withBackoff(shortest, longest)
            .withJitter(0.5)
            .withMaxAttempts(attempts)
            .build();
    this.retries = Failsafe.with(policy);
  }

  private static boolean isTransient(HttpResponse<String> response) {
    int status = response.statusCode();
    return status == 429 || status >= 500 || response.body().contains("\"contended\"");
  }

  public static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
  }

  /** A command request with a JSON body. */
  public static HttpRequest command(String method, URI uri, String key, String body) {
    return request(uri)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  /** True if a server accepts connections at the address, whatever it responds. */
  public boolean connects(URI uri) throws InterruptedException {
    try {
      client.send(request(uri).build(), BodyHandlers.discarding());
      return true;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns the last response, even if it is an error; throws if the last attempt got none. */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return retries.get(() -> client.send(request, BodyHandlers.ofString(UTF_8)));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IOException(
          "gave up: no answer to %s %s in %d attempts (%s)"
              .formatted(
                  request.method(),
                  request.uri(),
                  policy.getConfig().getMaxAttempts(),
                  e.getCause()),
          e.getCause());
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

  @Override
  public void close() {
    client.close();
  }
}
