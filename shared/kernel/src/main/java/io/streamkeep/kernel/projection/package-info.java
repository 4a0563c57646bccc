/** Read models folded from events. */
@NullMarked
package io.streamkeep.kernel.projection;

import org.jspecify.annotations.NullMarked;
