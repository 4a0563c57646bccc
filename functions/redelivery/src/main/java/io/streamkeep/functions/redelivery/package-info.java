/** The redelivery function: catches up what was parked. */
@NullMarked
package io.streamkeep.functions.redelivery;

import org.jspecify.annotations.NullMarked;
