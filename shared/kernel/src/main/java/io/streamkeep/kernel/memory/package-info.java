/** The stores in memory: the reference implementation, and what tests run on. */
@NullMarked
package io.streamkeep.kernel.memory;

import org.jspecify.annotations.NullMarked;
