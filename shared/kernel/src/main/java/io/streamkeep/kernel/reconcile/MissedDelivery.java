package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.util.List;

/**
 * That nobody delivered a stream's commits to some subscribers.
 *
 * @param commit the newest one that they should have
 * @param pointers to the first one that each of them lacks; without its metadata
 */
public record MissedDelivery(StreamId stream, long commit, List<ParkedPosition> pointers) {}
