package io.streamkeep.kernel;

/** A stream that takes part in a command, and what kind of aggregate it is. */
public record Participant<E, S>(StreamId stream, Aggregate<E, S> aggregate) {}
