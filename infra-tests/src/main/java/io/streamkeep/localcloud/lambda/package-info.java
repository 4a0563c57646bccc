/** Lambda; each execution environment of a function is a separate process. */
@NullMarked
package io.streamkeep.localcloud.lambda;

import org.jspecify.annotations.NullMarked;
