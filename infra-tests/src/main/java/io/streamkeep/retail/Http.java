package io.streamkeep.retail;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends requests, each again while the answer is 429, 5xx or none at all, as patience allows. */
public final class Http implements AutoCloseable {

  // Longer than a function may run, with its start.
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int SHOWN = 300;
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Patience patience;

  public Http(Patience patience) {
    this.patience = patience;
  }

  public static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(ANSWER);
  }

  /** Whether anything is there to connect to; what it says is no matter. */
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

  /** The last answer, be it an error; throws when there was none. */
  public HttpResponse<String> send(HttpRequest request)
      throws GaveUpException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        HttpResponse<String> answer =
            client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (tries == patience.tries() || !mayPass(answer.statusCode())) {
          return answer;
        }
      } catch (IOException e) {
        if (tries == patience.tries()) {
          throw gaveUp(request, e);
        }
      }
      Thread.sleep(patience.afterTry(tries));
    }
  }

  private GaveUpException gaveUp(HttpRequest request, IOException cause) {
    return new GaveUpException(
        "gave up: no answer to %s %s in %d tries (%s)"
            .formatted(request.method(), request.uri(), patience.tries(), cause),
        cause);
  }

  /** The answer in one line: the request, the status and the start of the body. */
  public static String describe(HttpResponse<String> answer) {
    String body = answer.body().strip().replaceAll("\\s+", " ");
    return "%s %s answered %d %s"
        .formatted(
            answer.request().method(),
            answer.uri(),
            answer.statusCode(),
            body.substring(0, Math.min(body.length(), SHOWN)));
  }

  private static boolean mayPass(int status) {
    return status == TOO_MANY_REQUESTS || status >= 500;
  }

  @Override
  public void close() {
    client.close();
  }
}
