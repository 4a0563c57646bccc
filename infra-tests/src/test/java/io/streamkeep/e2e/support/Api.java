package io.streamkeep.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** HTTP client of the orders API. */
public record Api(URI url) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  public static final String LINE =
      "{\"sku\":\"22084\",\"description\":\"PAPER CHAIN KIT\",\"quantity\":6,\"unitPrice\":295}";

  /** An HTTP response with a JSON body. */
  public record Response(int status, HttpResponse<String> response) {

    public String text() {
      return response.body();
    }

    public JsonObject json() {
      return structure().asJsonObject();
    }

    public JsonArray array() {
      return structure().asJsonArray();
    }

    private JsonStructure structure() {
      try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
        return reader.read();
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String id() {
      return json().getString("id");
    }
  }

  public static String key() {
    return UUID.randomUUID().toString();
  }

  /** The Authorization header of a request signed by a user with this name. */
  public static String signedBy(String name) {
    return "AWS4-HMAC-SHA256 Credential="
        + name
        + "/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0";
  }

  public static String order(String customer, String... lines) {
    return "{\"customer\":\""
        + customer
        + "\",\"currency\":\"GBP\",\"lines\":["
        + String.join(",", lines)
        + "]}";
  }

  /** An order with a body of nearly the maximum size, written so that storing it takes more. */
  public static String largestOrder(String customer) {
    String line =
        "{\"sku\":\"s\",\"description\":\""
            + "\\u0001".repeat(28)
            + "\",\"quantity\":1,\"unitPrice\":1e12}";
    return order(customer, Collections.nCopies(1000, line).toArray(String[]::new));
  }

  public static String[] lines(int number) {
    return Collections.nCopies(number, LINE).toArray(String[]::new);
  }

  public static Api of(Backend backend) {
    return new Api(backend.apiUrl());
  }

  /** A resource's path as the API writes it in links: with the stage, if there is one. */
  public String path(String resource) {
    // LocalStack puts into the path what AWS has in the host.
    return url.getPath().replaceFirst("^/_aws/execute-api/[^/]+", "") + resource;
  }

  public HttpRequest.Builder request(String resource) {
    // A backend that does not respond fails the test instead of blocking it.
    return HttpRequest.newBuilder(URI.create(url + resource)).timeout(TIMEOUT);
  }

  public Response get(String path) {
    return send(request(path));
  }

  public Response post(String path, String body) {
    return post(path, key(), body);
  }

  public Response post(String path, String key, String body, String... headers) {
    return send("POST", path, key, body.getBytes(UTF_8), headers);
  }

  public Response put(String path, String key, String body, String... headers) {
    return send("PUT", path, key, body.getBytes(UTF_8), headers);
  }

  public Response send(String method, String path, String key, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public static Response send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), response);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("No response", e);
    }
  }

  /** Places an order and returns its id. */
  public String place(String customer) {
    return post("/orders", order(customer, LINE)).id();
  }

  /** Places, confirms and completes an order and returns its id. */
  public String sell(String customer) {
    String id = place(customer);
    post("/orders/" + id + "/confirmation", "");
    post("/orders/" + id + "/completion", "");
    return id;
  }

  /** The items of a listing, from all pages. */
  public List<JsonObject> items(String path, String member) {
    List<JsonObject> items = new ArrayList<>();
    String next = "";
    do {
      String cursor = (path.contains("?") ? "&" : "?") + "cursor=" + next;
      JsonObject page = get(path + (next.isEmpty() ? "" : cursor)).json();
      items.addAll(page.getJsonArray(member).getValuesAs(JsonObject.class));
      next = page.getString("next", "");
    } while (!next.isEmpty());
    return items;
  }

  /** The ids on each page of a listing of orders. */
  public List<List<String>> pages(String path) {
    List<List<String>> pages = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = get(path + (next.isEmpty() ? "" : "&cursor=" + next)).json();
      pages.add(
          page.getJsonArray("orders").stream()
              .map(order -> order.asJsonObject().getString("id"))
              .toList());
      next = page.getString("next", "");
    } while (!next.isEmpty());
    return pages;
  }
}
