/** Faults that tests inject at the boundaries that the local cloud owns, and counts of calls. */
@NullMarked
package io.streamkeep.localcloud.faults;

import org.jspecify.annotations.NullMarked;
