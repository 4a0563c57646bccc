/** The redelivery function: what was parked is caught up. */
@NullMarked
package io.streamkeep.functions.redelivery;

import org.jspecify.annotations.NullMarked;
