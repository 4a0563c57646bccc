/** Streams of commits, and the store that holds them. */
@NullMarked
package io.streamkeep.kernel.store;

import org.jspecify.annotations.NullMarked;
