package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;

/** A stream and the kind of aggregate in it. */
public record StreamRef<E, S>(StreamId stream, Aggregate<E, S> aggregate) {}
