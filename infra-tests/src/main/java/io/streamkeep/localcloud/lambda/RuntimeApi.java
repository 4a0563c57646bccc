package io.streamkeep.localcloud.lambda;

import static com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.CLOCK_JUMP;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import jakarta.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
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
  private static final Answer ACCEPTED = new Answer(202, "{\"status\":\"OK\"}");
  private static final Answer NOT_FOUND = Answer.error(404, "NotFound");

  private static final Duration CREDENTIALS_LAST = Duration.ofHours(1);

  /** A process may call before its environment is known here, and then waits for that. */
  private final ConcurrentMap<String, CompletableFuture<ExecutionEnvironment>> environments =
      new ConcurrentHashMap<>();

  private final Loopback server;

  RuntimeApi() throws IOException {
    server = Loopback.waiting(this, 0);
  }

  private record Answer(int status, String json) {
    static Answer error(int status, String type) {
      return new Answer(status, "{\"errorType\":\"" + type + "\"}");
    }
  }

  /** The value of AWS_LAMBDA_RUNTIME_API in an environment. */
  String address(String environment) {
    return server.url().getAuthority() + "/" + environment;
  }

  /** The value of AWS_CONTAINER_CREDENTIALS_FULL_URI in an environment. */
  String credentials(String environment) {
    return "http://" + address(environment) + "/credentials";
  }

  /** Starts an environment that is known by this id until its process ends. */
  ExecutionEnvironment register(String id, Supplier<ExecutionEnvironment> start) {
    CompletableFuture<ExecutionEnvironment> expected = new CompletableFuture<>();
    environments.put(id, expected);
    try {
      ExecutionEnvironment environment = start.get();
      expected.complete(environment);
      var unused = environment.onExit().thenRun(() -> environments.remove(id));
      return environment;
    } catch (RuntimeException e) {
      environments.remove(id);
      expected.completeExceptionally(e);
      throw e;
    }
  }

  Optional<ExecutionEnvironment> environment(String id) {
    return Optional.ofNullable(environments.get(id)).map(CompletableFuture::join);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String[] path = Request.getPathInContext(request).split("/", -1);
    Optional<ExecutionEnvironment> environment = environment(path[1]);
    String call =
        request.getMethod() + " " + (path.length < 6 ? "" : path[4] + "/") + path[path.length - 1];
    Answer answer =
        environment.isEmpty()
            ? NOT_FOUND
            : answer(environment.get(), call, path, request, response);
    response.setStatus(answer.status());
    response.getHeaders().put("Content-Type", "application/json");
    response.write(true, UTF_8.encode(answer.json()), callback);
    return true;
  }

  private static Answer answer(
      ExecutionEnvironment environment,
      String call,
      String[] path,
      Request request,
      Response response)
      throws Exception {
    return switch (call) {
      case "GET credentials" -> credentials(environment, request);
      case "GET invocation/next" -> next(environment, response.getHeaders());
      case "GET restore/next" -> {
        environment.restore();
        yield new Answer(200, "");
      }
      case "POST init/error", "POST restore/error" -> {
        environment.initFailed(body(request));
        yield ACCEPTED;
      }
      case "POST invocation/response", "POST invocation/error" -> {
        String body = body(request);
        yield environment
            .current(path[5])
            .map(invocation -> end(invocation, call.endsWith("error"), body))
            .orElse(Answer.error(400, "InvalidRequestID"));
      }
      default -> NOT_FOUND;
    };
  }

  private static Answer credentials(ExecutionEnvironment environment, Request request) {
    if (!environment.id().equals(request.getHeaders().get("Authorization"))) {
      return new Answer(403, "{\"code\":\"Unauthorized\"}");
    }
    return new Answer(
        200,
        Json.createObjectBuilder()
            .add("AccessKeyId", Permissions.accessKey(environment.function().id()))
            .add("SecretAccessKey", Lambda.SECRET)
            .add("Token", environment.id())
            .add("Expiration", Instant.now().plus(CREDENTIALS_LAST).toString())
            .build()
            .toString());
  }

  private static Answer next(ExecutionEnvironment environment, HttpFields.Mutable headers)
      throws InterruptedException {
    Optional<Invocation> next = environment.next();
    if (next.isEmpty()) {
      return Answer.error(410, "EnvironmentEnded");
    }
    Invocation invocation = next.get();
    long deadline = System.currentTimeMillis() + environment.function().timeout() * 1000L;
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", deadline);
    headers.put("Lambda-Runtime-Invoked-Function-Arn", environment.function().arn());
    headers.put("Lambda-Runtime-Trace-Id", invocation.trace());
    headers.put(CLOCK_JUMP, invocation.clockJump().toMillis());
    return new Answer(200, invocation.event());
  }

  private static Answer end(Invocation invocation, boolean failed, String body) {
    if (failed) {
      invocation.fail(body);
    } else if (body.getBytes(UTF_8).length > LambdaFunction.MAX_PAYLOAD) {
      invocation.fail(
          "Function.ResponseSizeTooLarge",
          "Response payload size exceeded maximum allowed payload size (%d bytes)."
              .formatted(LambdaFunction.MAX_PAYLOAD));
      return Answer.error(413, "RequestEntityTooLarge");
    } else {
      invocation.succeed(body);
    }
    return ACCEPTED;
  }

  private static String body(Request request) throws IOException {
    return Content.Source.asString(request, UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
