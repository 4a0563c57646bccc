package io.streamkeep.localcloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import org.crac.Core;
import org.crac.Resource;

/**
 * A function that wrongly makes an id and seeds a generator when it is initialized. It answers with
 * these, with an id that it makes now, and with the calls of its hooks.
 */
public final class SnapProbe implements RequestStreamHandler {
  private final UUID madeAtInit = UUID.randomUUID();
  private final SplittableRandom seededAtInit = new SplittableRandom();
  private final Hook first = new Hook("first");
  private final Hook second = new Hook("second");
  private String calls = "";

  public SnapProbe() {
    Core.getGlobalContext().register(first);
    Core.getGlobalContext().register(second);
  }

  final class Hook implements Resource {
    private final String name;

    Hook(String name) {
      this.name = name;
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      calls += name + "-before,";
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      calls += name + "-after,";
      if (System.getenv("AFTER") != null) {
        throw new IllegalStateException("restore failed");
      }
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String answer =
        String.join(
            " ",
            madeAtInit.toString(),
            String.valueOf(seededAtInit.nextLong()),
            String.valueOf(new SecureRandom().nextLong()),
            calls);
    out.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
