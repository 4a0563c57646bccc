package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;

/** A stream that takes part in a command, and what kind of aggregate it is. */
public record StreamRef<E, S>(StreamId stream, Aggregate<E, S> aggregate) {}
