/** The reconciler function: finds, repairs and counts missed deliveries. */
@NullMarked
package io.streamkeep.functions.reconciler;

import org.jspecify.annotations.NullMarked;
