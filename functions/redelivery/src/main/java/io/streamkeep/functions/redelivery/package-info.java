/** The redelivery function: catches parked subscribers up. */
@NullMarked
package io.streamkeep.functions.redelivery;

import org.jspecify.annotations.NullMarked;
