package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.Faults.Phase;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reports each call before its effect, and after that but before any of the answer is sent. */
final class ReportedCalls extends Handler.Wrapper {
  private final CallListener listener;

  ReportedCalls(Handler handler, CallListener listener) {
    super(handler);
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String key = CallHeaders.accessKey(request);
    String operation = CallHeaders.operation(request);
    try {
      listener.call(key, operation, Phase.BEFORE);
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
                listener.call(key, operation, Phase.AFTER);
              }
              super.write(last, content, written);
            } catch (RuntimeException cut) {
              cut(request, written, cut);
            }
          }
        };
    return super.handle(request, watched, callback);
  }

  /** Without an answer, not even that of an error. */
  private static void cut(Request request, Callback callback, RuntimeException reason) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(reason);
  }
}
