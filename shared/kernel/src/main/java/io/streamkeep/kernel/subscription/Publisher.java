package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;

/**
 * Publishes commits to other systems.
 *
 * @param <M> a message to them
 */
public interface Publisher<M> {

  /**
   * The messages about a commit, perhaps none. Pure.
   *
   * @throws UnreadableException if the commit can't be read, however often this is called
   */
  List<M> messages(Commit commit);

  /** Publishes messages of one stream in order; some of them may have been published before. */
  void publish(StreamId stream, List<M> messages);
}
