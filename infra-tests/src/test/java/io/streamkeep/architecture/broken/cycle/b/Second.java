package io.streamkeep.architecture.broken.cycle.b;

import io.streamkeep.architecture.broken.cycle.a.First;
import org.jspecify.annotations.Nullable;

/** Needs the first. */
public final class Second {
  @Nullable First first;
}
