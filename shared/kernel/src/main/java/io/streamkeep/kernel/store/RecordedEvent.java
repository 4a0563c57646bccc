package io.streamkeep.kernel.store;

/**
 * An event as it is stored permanently.
 *
 * @param type its explicit name, such as {@code order.placed}; never a class name
 * @param version the version of its schema, from 1
 * @param data one JSON object
 */
public record RecordedEvent(String type, int version, String data) {}
