package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.AccessKey;
import io.streamkeep.localcloud.runtime.RuntimeLoop;
import io.streamkeep.localcloud.template.FunctionSpec;


import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lambda's Runtime API, version 2018-06-01, at /{environment}/2018-06-01/runtime/…, and the
 * credentials of environments that are restored from a snapshot, at /{environment}/credentials.
 */
final class RuntimeApi extends Handler.Abstract implements AutoCloseable {
  private static final String OK = "{\"status\":\"OK\"}";

  private static final Duration CREDENTIALS_LAST = Duration.ofHours(1);

  private final ConcurrentMap<String, CompletableFuture<Environment>> environments =
      new ConcurrentHashMap<>();
  private final Loopback server;

  RuntimeApi() throws IOException {
    server = Loopback.waiting(this, 0);
  }

  /** What AWS_LAMBDA_RUNTIME_API is to an environment. */
  String address(String environment) {
    return Loopback.HOST + ":" + server.port() + "/" + environment;
  }

  /** What AWS_CONTAINER_CREDENTIALS_FULL_URI is to an environment. */
  String credentials(String environment) {
    return "http://" + address(environment) + "/credentials";
  }

  /** Requests of this environment wait until the future has it. */
  void expect(String id, CompletableFuture<Environment> environment) {
    environments.put(id, environment);
  }

  void forget(String id) {
    environments.remove(id);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String[] path = Request.getPathInContext(request).split("/", -1);
    CompletableFuture<Environment> environment = path.length < 3 ? null : environments.get(path[1]);
    if (environment != null && path.length == 3 && path[2].equals("credentials")) {
      return credentials(environment.join(), request, response, callback);
    }
    if (environment == null || path.length < 6) {
      return answer(response, callback, 404, "{\"errorType\":\"NotFound\"}");
    }
    return serve(environment.join(), path, request, response, callback);
  }

  private boolean serve(
      Environment environment, String[] path, Request request, Response response, Callback callback)
      throws Exception {
    String call = request.getMethod() + " " + path[4] + "/" + path[path.length - 1];
    switch (call) {
      case "GET invocation/next" -> {
        return next(environment, response, callback);
      }
      case "GET restore/next" -> {
        environment.restore();
        return answer(response, callback, 200, "");
      }
      case "POST init/error", "POST restore/error" -> {
        environment.initFailed(body(request));
        return answer(response, callback, 202, OK);
      }
      case "POST invocation/response", "POST invocation/error" -> {
        Optional<Invocation> invocation = environment.current(path[5]);
        if (invocation.isEmpty()) {
          return answer(response, callback, 400, "{\"errorType\":\"InvalidRequestID\"}");
        }
        return end(invocation.get(), call.endsWith("error"), body(request), response, callback);
      }
      default -> {
        return answer(response, callback, 404, "{\"errorType\":\"NotFound\"}");
      }
    }
  }

  private static boolean credentials(
      Environment environment, Request request, Response response, Callback callback) {
    if (!environment.id().equals(request.getHeaders().get("Authorization"))) {
      return answer(response, callback, 403, "{\"code\":\"Unauthorized\"}");
    }
    String credentials =
        Json.createObjectBuilder()
            .add("AccessKeyId", AccessKey.of(environment.function().id()))
            .add("SecretAccessKey", Lambda.SECRET)
            .add("Token", environment.id())
            .add("Expiration", Instant.now().plus(CREDENTIALS_LAST).toString())
            .build()
            .toString();
    return answer(response, callback, 200, credentials);
  }

  private static boolean next(Environment environment, Response response, Callback callback)
      throws InterruptedException {
    Optional<Invocation> next = environment.next();
    if (next.isEmpty()) {
      return answer(response, callback, 410, "{\"errorType\":\"EnvironmentEnded\"}");
    }
    Invocation invocation = next.get();
    FunctionSpec function = environment.function();
    long deadline = System.currentTimeMillis() + function.timeout() * 1000L;
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", deadline);
    headers.put("Lambda-Runtime-Invoked-Function-Arn", function.arn());
    headers.put("Lambda-Runtime-Trace-Id", invocation.trace());
    headers.put(RuntimeLoop.CLOCK_JUMP, invocation.clockJump().toMillis());
    headers.put("Content-Type", "application/json");
    response.setStatus(200);
    response.write(true, StandardCharsets.UTF_8.encode(invocation.event()), callback);
    return true;
  }

  private static boolean end(
      Invocation invocation, boolean failed, String body, Response response, Callback callback) {
    if (failed) {
      invocation.fail(body);
    } else if (body.getBytes(StandardCharsets.UTF_8).length > LambdaFunction.MAX_PAYLOAD) {
      invocation.fail(
          "Function.ResponseSizeTooLarge",
          "Response payload size exceeded maximum allowed payload size ("
              + LambdaFunction.MAX_PAYLOAD
              + " bytes).");
      return answer(response, callback, 413, "{\"errorType\":\"RequestEntityTooLarge\"}");
    } else {
      invocation.succeed(body);
    }
    return answer(response, callback, 202, OK);
  }

  private static String body(Request request) throws IOException {
    return Content.Source.asString(request, StandardCharsets.UTF_8);
  }

  private static boolean answer(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/json");
    response.write(true, StandardCharsets.UTF_8.encode(json), callback);
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
