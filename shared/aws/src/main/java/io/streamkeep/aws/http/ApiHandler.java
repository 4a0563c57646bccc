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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** A function behind API Gateway that answers every request, with a problem if it fails. */
public abstract class ApiHandler extends LambdaHandler {

  private static final Problem INTERNAL =
      Problem.of(500, "internal", "Internal error", "Quote the instance id when reporting this.");

  private static final Problem THROTTLED =
      Problem.unavailable("throttled", "The store is overloaded; try again.");

  private static final Problem UNAVAILABLE =
      Problem.unavailable("store-unavailable", "The store can't be reached; try again.");

  private final Routes routes;

  /**
   * Answers the requests of some routes. A {@link ProblemException} is answered as its problem,
   * throttling and outages as a 503, any other exception as a 500 that shows only the request's id.
   */
  protected ApiHandler(Routes routes, InstantSource clock) {
    super(LogEvent.REQUEST, clock);
    this.routes = routes;
  }

  @Override
  protected final JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    HttpRequest request = HttpRequest.read(event, deadline);
    line.name("method", request.method()).name("route", request.resource());
    HttpResponse answer = answer(request, line);
    line.number("status", answer.status());
    return (request.isHead() ? answer.withoutBody() : answer).write();
  }

  private HttpResponse answer(HttpRequest request, LogLine line) {
    CorrelationId own = new CorrelationId(request.id());
    CorrelationId correlation = own;
    HttpResponse answer;
    try {
      correlation = request.correlation();
      line.metadata(request.metadata());
      answer = routes.handle(request, line);
      line.name("outcome", "done");
    } catch (ProblemException e) {
      answer = problem(e.problem(), request, line);
    } catch (RuntimeException e) {
      boolean throttled = isThrottling(e);
      line.failure(e).count(throttled ? Metric.THROTTLED : Metric.FAILURES, 1);
      answer = problem(throttled ? THROTTLED : isOutage(e) ? UNAVAILABLE : INTERNAL, request, line);
    }
    line.id("apiRequestId", own).id("correlationId", correlation);
    return answer.with(HttpRequest.CORRELATION, correlation.value());
  }

  /** True if a store or a queue still throttled after all retries of the SDK. */
  private static boolean isThrottling(RuntimeException e) {
    return e instanceof ThrottledException
        || (e instanceof SdkServiceException answered && answered.isThrottlingException());
  }

  /** True if a service could not be reached, or failed, for all retries of the SDK. */
  private static boolean isOutage(RuntimeException e) {
    return e instanceof SdkServiceException answered
        ? answered.statusCode() >= 500
        : e instanceof SdkException;
  }

  private static HttpResponse problem(Problem problem, HttpRequest request, LogLine line) {
    line.name("outcome", problem.code()).count(Metric.UNAVAILABLE, problem.isTemporary() ? 1 : 0);
    return problem.response(request.id());
  }
}
