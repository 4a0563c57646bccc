/** The business as pure functions, and how its events and states are stored. */
@NullMarked
package io.streamkeep.kernel.decider;

import org.jspecify.annotations.NullMarked;
