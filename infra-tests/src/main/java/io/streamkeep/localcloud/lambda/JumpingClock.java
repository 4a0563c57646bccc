package io.streamkeep.localcloud.lambda;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * The JDK's system clock, as java.time gives it, changed to be fast by the milliseconds that {@link
 * NativeClient} sets. Code that calls System.currentTimeMillis itself is not affected.
 */
final class JumpingClock {
  private JumpingClock() {}

  /** Options of a VM that has such a clock, whose classes are put into the folder. */
  static List<String> options(Path folder) throws IOException {
    Path patch = folder.resolve("jumping-clock");
    // all other methods of java.time call these
    patch(patch, "java.time.Clock", "currentInstant", InstantJump.class);
    patch(patch, "java.time.Clock$SystemClock", "millis", MillisJump.class);
    patch(patch, "java.time.Clock$SystemInstantSource", "millis", MillisJump.class);
    return List.of("--patch-module=java.base=" + patch);
  }

  private static void patch(Path folder, String type, String method, Class<?> jump)
      throws IOException {
    new ByteBuddy()
        .redefine(
            TypePool.Default.ofSystemLoader().describe(type).resolve(),
            ClassFileLocator.ForClassLoader.ofSystemLoader())
        .visit(Advice.to(jump).on(ElementMatchers.named(method)))
        .make()
        .saveIn(folder.toFile());
  }

  /** Inlined into methods that return an instant. */
  static final class InstantJump {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Instant now) {
      now = now.plusMillis(Long.getLong(NativeClient.CLOCK_JUMP, 0));
    }
  }

  /** Inlined into methods that return milliseconds. */
  static final class MillisJump {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long now) {
      now += Long.getLong(NativeClient.CLOCK_JUMP, 0);
    }
  }
}
