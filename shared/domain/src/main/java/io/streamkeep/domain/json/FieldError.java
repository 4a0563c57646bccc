package io.streamkeep.domain.json;

/**
 * An error in one value of a JSON text.
 *
 * @param pointer to the value, a JSON pointer (RFC 6901); empty for the whole text
 * @param detail what is wrong, in a few words that do not repeat the value
 */
public record FieldError(String pointer, String detail) {}
