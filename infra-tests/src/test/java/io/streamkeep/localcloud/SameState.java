package io.streamkeep.localcloud;

import io.streamkeep.localcloud.runtime.RuntimeLoop;
import io.streamkeep.localcloud.runtime.crac.Context;
import io.streamkeep.localcloud.runtime.crac.Core;
import io.streamkeep.localcloud.runtime.crac.Resource;


import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's loop in a process that gets the same randomness as any other process of this
 * program until it is restored, and its own from then on: two of them are as two environments that
 * were restored from one snapshot.
 */
public final class SameState implements Resource {
  private static final SameState HELD = new SameState();

  /** Not one whose class would seed itself before there is the provider. */
  private static final Random REPLAYED = new Random(42);

  private static volatile @Nullable SecureRandom own;

  private SameState() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    Security.insertProviderAt(new Replay(), 1);
    Core.getGlobalContext().register(HELD);
    RuntimeLoop.main(args);
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

  /** What {@code new SecureRandom()} and, with the VM's option for it, all seeds are taken from. */
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
      // more seed would not make it the same again
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
