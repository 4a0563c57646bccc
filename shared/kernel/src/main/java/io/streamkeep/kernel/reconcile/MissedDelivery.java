package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.util.List;

/**
 * Commits of a stream that were not delivered to some subscribers.
 *
 * @param commit the newest commit that they should have applied
 * @param positions the first missing commit of each subscriber, without its metadata
 */
public record MissedDelivery(StreamId stream, long commit, List<ParkedPosition> positions) {}
