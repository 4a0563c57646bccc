package io.streamkeep.domain.json;

/**
 * What is wrong with a value in a JSON text.
 *
 * @param pointer which one, as a JSON pointer (RFC 6901), empty for the whole
 * @param detail what is wrong, in a few words that do not repeat the value
 */
public record FieldError(String pointer, String detail) {}
