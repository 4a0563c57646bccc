/** Runs everything under faults, and shows that nothing was lost or doubled. */
@NullMarked
package io.streamkeep.chaos;

import org.jspecify.annotations.NullMarked;
