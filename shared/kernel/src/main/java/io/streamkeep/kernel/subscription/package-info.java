/** Subscribers, which apply every commit once and in order, and the delivery to them. */
@NullMarked
package io.streamkeep.kernel.subscription;

import org.jspecify.annotations.NullMarked;
