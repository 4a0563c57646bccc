package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ThrottledCallException;


import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reports each call before its effect, and after that but before any of the answer is sent. */
final class ReportedCalls extends Handler.Wrapper {
  private static final String THROTTLED =
      """
      {"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
       "message": "The level of configured provisioned throughput for the table was exceeded."}""";

  private final CallListener listener;

  ReportedCalls(Handler handler, CallListener listener) {
    super(handler);
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Call call =
        new Call(
            CallHeaders.accessKey(request),
            CallHeaders.sessionToken(request),
            CallHeaders.operation(request),
            AuthorizedCalls.resources(request));
    try {
      listener.call(call, Phase.BEFORE);
    } catch (ThrottledCallException throttled) {
      throttle(response, callback);
      return true;
    } catch (RuntimeException cut) {
      cut(request, callback, cut);
      return true;
    }
    AtomicBoolean reported = new AtomicBoolean();
    Response watched =
        new Response.Wrapper(request, response) {
          @Override
          public void write(boolean last, ByteBuffer content, Callback written) {
            try {
              if (!reported.getAndSet(true)) {
                listener.call(call, Phase.AFTER);
              }
              super.write(last, content, written);
            } catch (RuntimeException cut) {
              cut(request, written, cut);
            }
          }
        };
    return super.handle(request, watched, callback);
  }

  private static void throttle(Response response, Callback callback) {
    response.setStatus(400);
    response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.write(true, UTF_8.encode(THROTTLED), callback);
  }

  /** Without an answer, not even that of an error. */
  private static void cut(Request request, Callback callback, RuntimeException reason) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(reason);
  }
}
