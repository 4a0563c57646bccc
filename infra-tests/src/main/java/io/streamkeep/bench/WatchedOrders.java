package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.retail.Http;
import io.streamkeep.retail.Patience;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Orders that are placed through the API, and looked for until the view has them. */
final class WatchedOrders implements AutoCloseable {

  private static final long BETWEEN_LOOKS = 3; // ms
  private static final long LONGEST = Duration.ofMinutes(10).toMillis();
  private static final int NOT_FOUND = 404;
  private static final Patience PATIENCE =
      new Patience(10, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ZERO);

  private final URI api;
  private final Http http = new Http(PATIENCE);

  WatchedOrders(URI api) {
    this.api = api;
  }

  /** Places one; the milliseconds from the answer until the view shows it. */
  double place() throws IOException, InterruptedException {
    HttpResponse<String> placed =
        http.send(
            Http.request(URI.create(api + "/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(PlaceOrder.body()))
                .build());
    long start = System.nanoTime();
    expect(201, placed);
    String order = "/orders/" + Json.read(placed.body()).getString("id");
    HttpRequest look = Http.request(URI.create(api + order)).build();
    HttpResponse<String> seen = http.send(look);
    while (seen.statusCode() == NOT_FOUND && Runs.millisSince(start) < LONGEST) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
      seen = http.send(look);
    }
    double millis = Runs.millisSince(start);
    expect(200, seen);
    return millis;
  }

  private static void expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(Http.describe(answer));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
