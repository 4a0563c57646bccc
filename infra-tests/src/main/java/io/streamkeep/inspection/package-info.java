/** Reads the complete stored state, and folds the expected state from the event table. */
@NullMarked
package io.streamkeep.inspection;

import org.jspecify.annotations.NullMarked;
