/** Tests of the benchmarks, and of the costs that documents promise. */
@NullMarked
package io.streamkeep.bench;

import org.jspecify.annotations.NullMarked;
