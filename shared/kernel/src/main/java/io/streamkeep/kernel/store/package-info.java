/** Streams of commits, and the store that keeps them. */
@NullMarked
package io.streamkeep.kernel.store;

import org.jspecify.annotations.NullMarked;
