/** Utilities of the kernel, which no other module may use. */
@NullMarked
package io.streamkeep.kernel.internal;

import org.jspecify.annotations.NullMarked;
