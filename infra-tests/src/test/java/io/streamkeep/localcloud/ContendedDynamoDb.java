package io.streamkeep.localcloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A DynamoDB without items in which another writer wins all appends but each third one. It records
 * the id that the SDK gives each call.
 */
final class ContendedDynamoDb implements AutoCloseable {
  private static final String LOST =
      "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";

  private final List<String> callIds = new CopyOnWriteArrayList<>();
  private final AtomicInteger appends = new AtomicInteger();
  private final HttpServer server;

  ContendedDynamoDb() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> callIds() {
    return callIds;
  }

  int appends() {
    return appends.get();
  }

  private void answer(HttpExchange call) throws IOException {
    callIds.add(call.getRequestHeaders().getFirst("amz-sdk-invocation-id"));
    JsonObject request = request(call);
    boolean append = call.getRequestHeaders().getFirst("X-Amz-Target").endsWith(".PutItem");
    boolean lost = append && appends.incrementAndGet() % 3 != 0;
    String none = append ? "{}" : "{\"Count\":0,\"ScannedCount\":0,\"Items\":[]}";
    String answer = lost ? lost(request.getJsonObject("Item")) : none;
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    call.sendResponseHeaders(lost ? 400 : 200, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  private static JsonObject request(HttpExchange call) throws IOException {
    try (JsonReader reader = Json.createReader(call.getRequestBody())) {
      return reader.readObject();
    }
  }

  /** The winner's item differs from the one that lost in its command id only. */
  private static String lost(JsonObject item) {
    JsonObject winner =
        Json.createObjectBuilder(item)
            .add("command", Json.createObjectBuilder().add("S", "another"))
            .build();
    return Json.createObjectBuilder().add("__type", LOST).add("Item", winner).build().toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
