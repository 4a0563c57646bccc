/**
 * The API as its clients see it: its document, random commands, and an HTTP client that retries.
 */
@NullMarked
package io.streamkeep.api;

import org.jspecify.annotations.NullMarked;
