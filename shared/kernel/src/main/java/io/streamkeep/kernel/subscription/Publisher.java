package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.UnreadableException;

/** Publishes commits to other systems. */
public interface Publisher {

  /**
   * Publishes the messages about a commit, perhaps none, in order. Some of them may have been
   * published before.
   *
   * @throws UnreadableException if the commit can't be published, however often it is tried: it
   *     can't be read, or its receiver refuses it
   */
  void publish(Commit commit);
}
