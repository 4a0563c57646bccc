package io.streamkeep.domain.json;

/**
 * An error in one value of a JSON text.
 *
 * @param pointer a JSON pointer (RFC 6901) to the value; empty for the whole text
 * @param detail the error in a few words that do not repeat the value
 */
public record FieldError(String pointer, String detail) {}
