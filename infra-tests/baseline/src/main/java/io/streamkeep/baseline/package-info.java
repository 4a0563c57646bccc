/** What a function's cold start is compared with. */
@NullMarked
package io.streamkeep.baseline;

import org.jspecify.annotations.NullMarked;
