/** What the benchmarks promise to print. */
@NullMarked
package io.streamkeep.bench;

import org.jspecify.annotations.NullMarked;
