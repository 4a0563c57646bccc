/** The reconciler function: what nobody delivered is found, repaired and counted. */
@NullMarked
package io.streamkeep.functions.reconciler;

import org.jspecify.annotations.NullMarked;
