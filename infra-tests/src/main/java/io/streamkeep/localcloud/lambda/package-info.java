/** Runs functions as Lambda does: each execution environment is a process of its own. */
@NullMarked
package io.streamkeep.localcloud.lambda;

import org.jspecify.annotations.NullMarked;
