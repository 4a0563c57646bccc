/**
 * Tools for clients of the API: its document, bodies that vary the document's examples, random
 * commands, and an HTTP client that retries.
 */
@NullMarked
package io.streamkeep.api;

import org.jspecify.annotations.NullMarked;
