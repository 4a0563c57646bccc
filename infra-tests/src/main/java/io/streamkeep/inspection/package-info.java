/** Reads the stored state as a whole, and folds what it must be from the event table. */
@NullMarked
package io.streamkeep.inspection;

import org.jspecify.annotations.NullMarked;
