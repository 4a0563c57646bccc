package io.streamkeep.aws.http;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Work done before SnapStart takes its snapshot, so that a restored environment has already loaded,
 * linked and run the code that a request needs. It may only read, and must leave nothing behind
 * that restored environments must not share: no connections, credentials or ids.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     Lambda SnapStart runtime hooks for Java</a>
 */
public final class Priming implements Resource {

  /** Strong references, because the runtime holds hooks weakly. */
  private static final List<Priming> HELD = new CopyOnWriteArrayList<>();

  private final InstantSource clock;
  private final Runnable work;

  private Priming(InstantSource clock, Runnable work) {
    this.clock = clock;
    this.work = work;
  }

  /** Runs the work before a snapshot, if one is taken. */
  public static void register(InstantSource clock, Runnable work) {
    Priming priming = new Priming(clock, work);
    HELD.add(priming);
    Core.getGlobalContext().register(priming);
  }

  /**
   * Handles a request completely, from the gateway's event to the bytes of the response and the log
   * line.
   *
   * @param id the path's parameter
   * @param query values of query parameters; the route gets those that it accepts
   */
  public static void request(
      InstantSource clock,
      Routes routes,
      String route,
      String id,
      Map<String, String> query,
      String body) {
    String[] parts = route.split(" ", 2);
    String event =
        Json.object()
            .add("httpMethod", parts[0])
            .add("resource", parts[1])
            .add("pathParameters", Json.object().add("id", id))
            .add(
                "multiValueHeaders",
                Json.object()
                    .add("Idempotency-Key", Json.array().add("priming"))
                    .add("Content-Type", Json.array().add("application/json")))
            .add("multiValueQueryStringParameters", lists(query, routes.parameters(route)))
            .add("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))
            .add("isBase64Encoded", true)
            .add("requestContext", Json.object().add("requestId", "priming").add("path", parts[1]))
            .build()
            .toString();
    HttpRequest request = HttpRequest.read(Json.read(event), Instant.MAX);
    LogLine line = LogLine.outside(LogEvent.REQUEST, clock);
    HttpResponse response;
    try {
      response = routes.handle(request, line);
    } catch (ProblemException e) {
      response = e.problem().response(request.id());
    }
    Json.bytes(response.write());
    Json.bytes(line.json());
  }

  private static JsonObjectBuilder lists(Map<String, String> query, Set<String> names) {
    JsonObjectBuilder lists = Json.object();
    query.forEach(
        (name, value) -> {
          if (names.contains(name)) {
            lists.add(name, Json.array().add(value));
          }
        });
    return lists;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // A version without priming is only slower, so this must not fail its deployment.
      LogLine.outside(LogEvent.PRIMING_FAILED, clock).failure(e).write();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Priming leaves nothing behind to restore.
  }
}
