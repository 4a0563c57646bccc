/** What a test may watch and break at the boundaries that the local cloud owns. */
@NullMarked
package io.streamkeep.localcloud.faults;

import org.jspecify.annotations.NullMarked;
