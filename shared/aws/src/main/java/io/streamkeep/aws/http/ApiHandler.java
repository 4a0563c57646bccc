package io.streamkeep.aws.http;

import io.streamkeep.aws.lambda.EventHandler;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import jakarta.json.JsonObject;

/** A function behind API Gateway: it answers every request, with a problem if it must. */
public abstract class ApiHandler extends EventHandler {

  protected ApiHandler() {
    super(LogEvent.REQUEST);
  }

  /**
   * Answers a request, and tells the line what is to be known of it; what it throws is a problem,
   * or else a 500 that says no more than its id.
   */
  protected abstract HttpResponse handle(HttpRequest request, LogLine line);

  @Override
  protected final JsonObject handle(JsonObject event, LogLine line) {
    HttpRequest request = HttpRequest.read(event);
    line.name("method", request.method()).name("route", request.resource());
    HttpResponse answer = answer(request, line);
    line.number("status", answer.status());
    return answer.write();
  }

  private HttpResponse answer(HttpRequest request, LogLine line) {
    try {
      HttpResponse answer = handle(request, line);
      line.name("outcome", "done");
      return answer;
    } catch (ProblemException e) {
      return problem(e.problem(), request, line);
    } catch (RuntimeException e) {
      line.failure(e).count(Metric.FAILURES, 1);
      return problem(
          Problem.of(500, "internal", "Internal error", "It is in the log under its instance."),
          request,
          line);
    }
  }

  private static HttpResponse problem(Problem problem, HttpRequest request, LogLine line) {
    line.name("outcome", problem.code());
    return problem.response(request.id());
  }
}
