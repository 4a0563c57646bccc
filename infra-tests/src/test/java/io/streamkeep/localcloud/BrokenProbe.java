package io.streamkeep.localcloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** A function whose initialization fails. */
public final class BrokenProbe implements RequestStreamHandler {
  public BrokenProbe() {
    throw new IllegalStateException("no \"luck\"");
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {}
}
