/** Lambda: each execution environment of a function is a process of its own. */
@NullMarked
package io.streamkeep.localcloud.lambda;

import org.jspecify.annotations.NullMarked;
