package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.ApiSpec;


import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves an API on loopback, with the limits that API Gateway has. */
public final class ApiGateway extends Handler.Abstract implements AutoCloseable {
  private static final int MAX_BODY = 10_485_760;
  private static final int MAX_HEADERS = 10_240;

  /** Answer headers that the gateway keeps for itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "date",
          "server",
          "transfer-encoding",
          "www-authenticate");

  private final ApiSpec api;
  private final Routes routes;
  private final OwnAnswers own;
  private final Lambda lambda;
  private final Duration patience;
  private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();
  private final Loopback server;

  /**
   * Listens at once.
   *
   * @param patience how long a function may take; API Gateway allows 29 s
   */
  public ApiGateway(ApiSpec api, Lambda lambda, int port, Duration patience) throws IOException {
    this.patience = patience;
    this.api = api;
    this.routes = new Routes(api.routes());
    this.own = new OwnAnswers(api.responses());
    this.lambda = lambda;
    this.server = Loopback.waiting(this, port);
  }

  public URI url() {
    return URI.create("http://" + Loopback.HOST + ":" + server.port());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String requestId = UUID.randomUUID().toString();
    ProxyResponse answer = answer(request, requestId);
    response.setStatus(answer.status());
    response.getHeaders().put("Content-Type", "application/json");
    response.getHeaders().put("x-amzn-RequestId", requestId);
    for (Map.Entry<String, String> header : answer.headers()) {
      if (header.getKey().equalsIgnoreCase("Content-Type")) {
        response.getHeaders().put("Content-Type", header.getValue());
      } else {
        boolean own = OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT));
        response
            .getHeaders()
            .add(own ? "x-amzn-Remapped-" + header.getKey() : header.getKey(), header.getValue());
      }
    }
    response.write(true, answer.body(), callback);
    return true;
  }

  private ProxyResponse answer(Request request, String requestId) throws Exception {
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      return own.tooLong("HTTP content length exceeded " + MAX_BODY + " bytes.", requestId);
    }
    if (headerSize(request) > MAX_HEADERS) {
      return own.tooLong("HTTP header is larger than " + MAX_HEADERS + " bytes.", requestId);
    }
    Optional<Routes.Match> match = routes.find(request.getMethod(), request.getHttpURI().getPath());
    if (match.isEmpty()) {
      return own.noSuchRoute(requestId);
    }
    String trace = TraceHeader.start();
    String event =
        new ProxyEvent(request, match.get(), requestId, api.stage())
            .json(body.get(), trace)
            .toString();
    if (event.getBytes(StandardCharsets.UTF_8).length > LambdaFunction.MAX_PAYLOAD) {
      return own.tooLong("Request Too Long", requestId);
    }
    return integrate(match.get().route().function(), event, trace, requestId);
  }

  private ProxyResponse integrate(String function, String event, String trace, String requestId)
      throws InterruptedException, ExecutionException {
    Future<InvocationResult> invocation =
        invocations.submit(() -> lambda.function(function).invoke(event, trace));
    try {
      InvocationResult result = invocation.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(result)
          .filter(success -> !success.failed())
          .flatMap(success -> ProxyResponse.parse(success.payload()))
          .orElseGet(() -> own.badFunction(requestId));
    } catch (TimeoutException e) {
      return own.timedOut(requestId); // the function goes on, as it does there
    }
  }

  /** Empty if too long; all of it is read anyway, since a client may not look before it is sent. */
  private static Optional<byte[]> body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      while (in.read(new byte[8192]) >= 0) {
        // thrown away
      }
      return body.length > MAX_BODY ? Optional.empty() : Optional.of(body);
    }
  }

  private static int headerSize(Request request) {
    int size = request.getMethod().length() + request.getHttpURI().asString().length();
    for (HttpField field : request.getHeaders()) {
      size += field.getName().length();
      size += field.getValue() == null ? 0 : field.getValue().length();
    }
    return size;
  }

  @Override
  public void close() {
    server.close();
    invocations.shutdownNow();
  }
}
