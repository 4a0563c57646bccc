/** Functions that cold starts are compared with. */
@NullMarked
package io.streamkeep.baseline;

import org.jspecify.annotations.NullMarked;
