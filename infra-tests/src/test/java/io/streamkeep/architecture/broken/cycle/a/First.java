package io.streamkeep.architecture.broken.cycle.a;

import io.streamkeep.architecture.broken.cycle.b.Second;
import org.jspecify.annotations.Nullable;

/** Needs the second. */
public final class First {
  @Nullable Second second;
}
