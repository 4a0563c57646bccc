package io.streamkeep.localcloud.runtime.crac;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The hooks, held weakly as in Lambda's own runtime: before a snapshot the last registered comes
 * first, after it was restored the first.
 */
public final class Context<R extends Resource> {
  private final List<WeakReference<R>> resources = new ArrayList<>();

  public synchronized void register(R resource) {
    resources.add(new WeakReference<>(resource));
  }

  /** Stops at the first that fails. */
  public void beforeCheckpoint() throws Exception {
    for (WeakReference<R> resource : inOrder().reversed()) {
      R held = resource.get();
      if (held != null) {
        held.beforeCheckpoint(this);
      }
    }
  }

  /** Stops at the first that fails. */
  public void afterRestore() throws Exception {
    for (WeakReference<R> resource : inOrder()) {
      R held = resource.get();
      if (held != null) {
        held.afterRestore(this);
      }
    }
  }

  private synchronized List<WeakReference<R>> inOrder() {
    return List.copyOf(resources);
  }
}
