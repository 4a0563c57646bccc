package io.streamkeep.kernel.store;

/**
 * The state of a stream after the commit that it is stored in.
 *
 * @param schema the version of the state's format
 * @param state one JSON object
 * @param commands the commands of the newest commits, including that one
 */
public record Snapshot(int schema, String state, RecentCommands commands) {}
