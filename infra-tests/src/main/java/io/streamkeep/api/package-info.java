/**
 * Tools for clients of the API: the examples of its document, random commands, and an HTTP client
 * that retries.
 */
@NullMarked
package io.streamkeep.api;

import org.jspecify.annotations.NullMarked;
