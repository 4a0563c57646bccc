package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import java.util.List;

/**
 * That nobody delivered a stream's commits to some subscribers.
 *
 * @param commit the newest one that they should have
 * @param pointers to the first one that each of them lacks; without its metadata
 */
public record Missed(StreamId stream, long commit, List<Pointer> pointers) {}
