package io.streamkeep.localcloud.lambda;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** X-Ray's header as written by a service that starts a trace. */
public final class TraceHeader {
  private TraceHeader() {}

  public static String start() {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    return "Root=1-" + HexFormat.of().toHexDigits((int) Instant.now().getEpochSecond()) + "-" + id;
  }
}
