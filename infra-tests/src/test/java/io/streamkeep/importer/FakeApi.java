package io.streamkeep.importer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fake of the API on its own port, with faults; as an extension, each test has a new one. */
final class FakeApi implements AutoCloseable, AfterEachCallback {

  static {
    // Else the server waits 40 ms before each answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A fault of one request. */
  enum Fault {
    NONE,
    /** Dropped before any effect. */
    LOST,
    /** Answered with 500 before any effect. */
    ERROR,
    /** Answered with 429 before any effect. */
    BUSY,
    /** Answered as contended before any effect. */
    CONTENDED,
    /** Executed, but the response is lost. */
    ANSWER_LOST
  }

  /** Decides by a request's key or path, its attempt, and its number among all requests. */
  interface Faults {
    Fault of(String request, int nth, int nthOfAll);
  }

  final FakeOrders orders = new FakeOrders();
  final FakeViews views = new FakeViews(orders);
  final AtomicInteger requests = new AtomicInteger();
  volatile Faults faults = (request, nth, nthOfAll) -> Fault.NONE;

  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final HttpServer server;

  FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (fault(exchange)) {
        case LOST -> {}
        case ERROR -> send(exchange, FakeReply.problem(500, "oops"));
        case BUSY -> send(exchange, FakeReply.problem(429, "busy"));
        case CONTENDED -> send(exchange, FakeReply.problem(409, "contended"));
        case ANSWER_LOST -> answer(exchange, body);
        case NONE -> send(exchange, answer(exchange, body));
      }
    }
  }

  private Fault fault(HttpExchange exchange) {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String request = key == null ? exchange.getRequestURI().toString() : key;
    return faults.of(request, seen.merge(request, 1, Integer::sum), requests.incrementAndGet());
  }

  private FakeReply answer(HttpExchange exchange, String body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String[] parts = path.split("/", -1);
    Map<String, String> query = query(exchange);
    if (exchange.getRequestMethod().equals("POST")) {
      return orders.command(path, exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
    }
    if (path.startsWith("/customers/")) {
      return views.list(parts[2], Integer.parseInt(query.getOrDefault("cursor", "0")));
    }
    if (path.endsWith("/events")) {
      return views.history(parts[2], Integer.parseInt(query.getOrDefault("after", "0")));
    }
    return parts.length == 3 ? views.view(parts[2]) : FakeReply.problem(404, "unknown");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String text = exchange.getRequestURI().getQuery();
    for (String part : text == null ? new String[0] : text.split("&", -1)) {
      query.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    return query;
  }

  private static void send(HttpExchange exchange, FakeReply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
