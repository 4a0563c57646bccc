/** In-memory stores and a fake clock: the reference implementation, and what tests run on. */
@NullMarked
package io.streamkeep.kernel.memory;

import org.jspecify.annotations.NullMarked;
