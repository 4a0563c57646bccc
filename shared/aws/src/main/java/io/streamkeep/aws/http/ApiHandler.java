package io.streamkeep.aws.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.Json;
import io.streamkeep.aws.lambda.FailureLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A function behind API Gateway: it answers every request, with a problem if it must. */
public abstract class ApiHandler implements RequestStreamHandler {

  /**
   * Answers a request; what it throws is a problem, or else a 500 that says no more than its id.
   */
  protected abstract HttpResponse handle(HttpRequest request);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    HttpRequest request = HttpRequest.read(Json.read(input));
    Json.write(answer(request, context).write(), output);
  }

  private HttpResponse answer(HttpRequest request, Context context) {
    try {
      return handle(request);
    } catch (ProblemException e) {
      return e.problem().response(request.id());
    } catch (RuntimeException e) {
      FailureLog.log(context, "Request " + request.id() + " failed", e);
      return Problem.of(500, "internal", "Internal error", "It is in the log under its instance.")
          .response(request.id());
    }
  }
}
