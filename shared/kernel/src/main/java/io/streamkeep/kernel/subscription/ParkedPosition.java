package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;

/**
 * The position at which a subscriber is parked in a stream.
 *
 * @param commit the first commit that was not applied
 * @param metadata the metadata of that commit
 */
public record ParkedPosition(String subscriber, StreamId stream, long commit, Metadata metadata) {}
