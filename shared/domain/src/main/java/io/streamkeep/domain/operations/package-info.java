/** Operators' actions, recorded as events. */
@NullMarked
package io.streamkeep.domain.operations;

import org.jspecify.annotations.NullMarked;
