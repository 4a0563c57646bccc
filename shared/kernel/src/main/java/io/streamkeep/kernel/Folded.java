package io.streamkeep.kernel;

/** A stream folded: its state, the number of the newest commit in it (0 = none), its commands. */
record Folded<S>(S state, long commit, RecentCommands recent) {}
