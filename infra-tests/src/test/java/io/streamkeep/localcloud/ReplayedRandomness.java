package io.streamkeep.localcloud;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * AWS's runtime client with randomness that is the same in every process until it is restored, and
 * its own from then on: two such processes are like two environments restored from one snapshot.
 */
public final class ReplayedRandomness implements Resource {
  private static final ReplayedRandomness HELD = new ReplayedRandomness();

  /** Not a {@link SecureRandom}, which would seed itself before the provider exists. */
  private static final Random REPLAYED = new Random(42);

  private static volatile @Nullable SecureRandom own;

  private ReplayedRandomness() {}

  public static void main(String[] args) throws Throwable {
    Security.insertProviderAt(new Replay(), 1);
    Core.getGlobalContext().register(HELD);
    AWSLambda.main(args);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    System.out.println(
        "state %d %d %d"
            .formatted(
                new SecureRandom().nextLong(),
                new SplittableRandom().nextLong(),
                ThreadLocalRandom.current().nextLong()));
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) throws Exception {
    own = SecureRandom.getInstance("DRBG");
  }

  /** The source of {@code new SecureRandom()} and, with the VM's option for it, of all seeds. */
  private static final class Replay extends Provider {
    private static final long serialVersionUID = 1L;

    Replay() {
      super("Replay", "1", "randomness that is the same in every process");
      putService(
          new Service(this, "SecureRandom", "Replay", Bytes.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
              return new Bytes();
            }
          });
    }
  }

  private static final class Bytes extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    @Override
    protected void engineSetSeed(byte[] seed) {
      // a seed would make it differ
    }

    @Override
    protected synchronized void engineNextBytes(byte[] bytes) {
      SecureRandom restored = own;
      if (restored == null) {
        REPLAYED.nextBytes(bytes);
      } else {
        restored.nextBytes(bytes);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] seed = new byte[length];
      engineNextBytes(seed);
      return seed;
    }
  }
}
