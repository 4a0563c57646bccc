package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;

/**
 * Hands commits to other systems.
 *
 * @param <M> a message to them
 */
public interface Publisher<M> {

  /**
   * What is to be published of a commit; may be nothing. Pure.
   *
   * @throws UnreadableException if that can't be told, however often it is asked
   */
  List<M> messages(Commit commit);

  /** Publishes messages of one stream, in their order; some may have been before. */
  void publish(StreamId stream, List<M> messages);
}
