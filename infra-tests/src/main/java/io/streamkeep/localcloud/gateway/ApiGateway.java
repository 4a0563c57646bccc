package io.streamkeep.localcloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.InvocationThrottledException;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.ApiSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves a REST API on loopback, with API Gateway's limits. */
public final class ApiGateway extends Handler.Abstract implements AutoCloseable {
  private static final int MAX_BODY = 10_485_760;
  private static final int MAX_HEADERS = 10_240;

  /** Response headers that a function cannot set. */
  private static final Set<String> REMAPPED =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "date",
          "server",
          "transfer-encoding",
          "www-authenticate");

  private final ApiSpec api;
  private final RouteMatcher routes;
  private final GatewayResponses responses;
  private final Lambda lambda;
  private final Duration integrationTimeout;
  private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();
  private final Loopback server;

  /**
   * Starts the server.
   *
   * @param integrationTimeout the time that a function may take; API Gateway allows 29 s
   */
  public ApiGateway(ApiSpec api, Lambda lambda, int port, Duration integrationTimeout)
      throws IOException {
    this.api = api;
    this.routes = new RouteMatcher(api.routes());
    this.responses = new GatewayResponses(api.responses());
    this.lambda = lambda;
    this.integrationTimeout = integrationTimeout;
    this.server = Loopback.waiting(this, port);
  }

  public URI url() {
    return server.url();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String requestId = UUID.randomUUID().toString();
    ProxyResponse answer = answer(request, requestId);
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Type", "application/json");
    headers.put("x-amzn-RequestId", requestId);
    answer
        .headers()
        .forEach(
            header -> {
              String name = header.getKey();
              if (name.equalsIgnoreCase("Content-Type")) {
                headers.put("Content-Type", header.getValue());
              } else if (REMAPPED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add("x-amzn-Remapped-" + name, header.getValue());
              } else {
                headers.add(name, header.getValue());
              }
            });
    response.write(true, answer.body(), callback);
    return true;
  }

  private ProxyResponse answer(Request request, String requestId) throws Exception {
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      return responses.tooLong("HTTP content length exceeded " + MAX_BODY + " bytes.", requestId);
    }
    if (headerSize(request) > MAX_HEADERS) {
      return responses.tooLong("HTTP header is larger than " + MAX_HEADERS + " bytes.", requestId);
    }
    Optional<RouteMatcher.Match> match =
        routes.find(request.getMethod(), request.getHttpURI().getPath());
    if (match.isEmpty()) {
      return responses.noSuchRoute(requestId);
    }
    String trace = TraceHeader.start();
    String event =
        new ProxyEvent(request, match.get(), requestId, api.stage())
            .json(body.get(), trace)
            .toString();
    if (event.getBytes(UTF_8).length > LambdaFunction.MAX_PAYLOAD) {
      return responses.tooLong("Request Too Long", requestId);
    }
    return invoke(match.get().route().function(), event, trace, requestId);
  }

  private ProxyResponse invoke(String function, String event, String trace, String requestId)
      throws InterruptedException, ExecutionException {
    Future<InvocationResult> invocation =
        invocations.submit(() -> lambda.function(function).invoke(event, trace));
    try {
      InvocationResult result =
          invocation.get(integrationTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(result)
          .filter(success -> !success.failed())
          .flatMap(success -> ProxyResponse.parse(success.payload()))
          .orElseGet(() -> responses.badFunction(requestId));
    } catch (TimeoutException e) {
      return responses.timedOut(requestId); // the function goes on, as on AWS
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvocationThrottledException) {
        return responses.throttled(requestId);
      }
      throw e;
    }
  }

  /** Empty if too long; it is read to its end, as a client may send all before it reads. */
  private static Optional<byte[]> body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      in.transferTo(OutputStream.nullOutputStream());
      return body.length > MAX_BODY ? Optional.empty() : Optional.of(body);
    }
  }

  private static int headerSize(Request request) {
    int line = request.getMethod().length() + request.getHttpURI().asString().length();
    return line
        + request.getHeaders().stream()
            .mapToInt(field -> field.getName().length() + value(field).length())
            .sum();
  }

  private static String value(HttpField field) {
    return field.getValue() == null ? "" : field.getValue();
  }

  @Override
  public void close() {
    server.close();
    invocations.shutdownNow();
  }
}
