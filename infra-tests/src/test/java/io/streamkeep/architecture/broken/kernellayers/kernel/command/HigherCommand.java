package io.streamkeep.architecture.broken.kernellayers.kernel.command;

/** Belongs to a higher layer. */
public final class HigherCommand {}
