package io.streamkeep.kernel.store;

import io.streamkeep.kernel.store.EventStore.CommitId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Finds streams that changed around a given time. The event store samples its commits itself, so
 * this depends on no subscriber. Eventually consistent.
 */
public interface CommitSamples {

  /**
   * The streams of the newest sampled commits that are not after a time.
   *
   * @param limit the maximum number of commits; a stream may have several
   */
  Set<StreamId> streams(Instant until, int limit);

  /** The times of those of the given commits that exist, even if their events can't be read. */
  Map<CommitId, Instant> times(Collection<CommitId> ids);
}
