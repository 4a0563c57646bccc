/** Generates load under faults, and checks that nothing is lost, duplicated or wrong. */
@NullMarked
package io.streamkeep.chaos;

import org.jspecify.annotations.NullMarked;
