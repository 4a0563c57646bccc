/** Business rules as pure functions, and how their events and states are stored. */
@NullMarked
package io.streamkeep.kernel.decider;

import org.jspecify.annotations.NullMarked;
