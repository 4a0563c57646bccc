package io.streamkeep.functions.operations;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.log.LogLine;

/** Routes requests to the resources for operators. */
record OperationsRouter(ParkedResource parked, RedriveResource redrive, LagResource lag) {

  HttpResponse handle(HttpRequest request, LogLine line) {
    return switch (request.method() + " " + request.resource()) {
      case "GET /operations/lag" -> lag.get();
      case "GET /operations/parked" -> parked.list(request);
      case "POST /operations/parked/redrive" -> redrive.redrive(request, line);
      default -> throw new IllegalArgumentException("Not a route of this function");
    };
  }
}
