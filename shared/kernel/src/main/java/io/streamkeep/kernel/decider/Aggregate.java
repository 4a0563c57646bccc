package io.streamkeep.kernel.decider;

import org.jspecify.annotations.Nullable;

/**
 * A kind of aggregate: its rules, and how its events and states are stored.
 *
 * @param states null if its streams have no snapshots
 */
public record Aggregate<E, S>(
    Decider<?, E, S> decider, EventCodec<E> events, @Nullable StateCodec<S> states) {}
