/** The redelivery function: what was parked or given up on is caught up. */
@NullMarked
package io.streamkeep.functions.redelivery;

import org.jspecify.annotations.NullMarked;
