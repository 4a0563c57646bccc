package io.streamkeep.aws.http;

import io.streamkeep.aws.lambda.LambdaHandler;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.store.ThrottledException;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;

/** A function behind API Gateway: it answers every request, with a problem if it must. */
public abstract class ApiHandler extends LambdaHandler {

  private static final Problem INTERNAL =
      Problem.of(500, "internal", "Internal error", "It is in the log under its instance.");

  private static final Problem THROTTLED =
      Problem.unavailable("throttled", "The store is asked for more than it takes; try again.");

  protected ApiHandler(InstantSource clock) {
    super(LogEvent.REQUEST, clock);
  }

  /**
   * Answers a request, and tells the line what is to be known of it; what it throws is a problem,
   * or else a 500 that says no more than its id.
   */
  protected abstract HttpResponse handle(HttpRequest request, LogLine line);

  @Override
  protected final JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    HttpRequest request = HttpRequest.read(event, deadline);
    line.name("method", request.method()).name("route", request.resource());
    HttpResponse answer = answer(request, line);
    line.number("status", answer.status());
    return answer.write();
  }

  private HttpResponse answer(HttpRequest request, LogLine line) {
    CorrelationId own = new CorrelationId(request.id());
    CorrelationId correlation = own;
    HttpResponse answer;
    try {
      correlation = request.correlation();
      line.metadata(request.metadata());
      answer = handle(request, line);
      line.name("outcome", "done");
    } catch (ProblemException e) {
      answer = problem(e.problem(), request, line);
    } catch (ThrottledException e) {
      line.failure(e).count(Metric.THROTTLED, 1);
      answer = problem(THROTTLED, request, line);
    } catch (RuntimeException e) {
      line.failure(e).count(Metric.FAILURES, 1);
      answer = problem(INTERNAL, request, line);
    }
    line.id("apiRequestId", own).id("correlationId", correlation);
    return answer.with(HttpRequest.CORRELATION, correlation.value());
  }

  private static HttpResponse problem(Problem problem, HttpRequest request, LogLine line) {
    line.name("outcome", problem.code());
    return problem.response(request.id());
  }
}
