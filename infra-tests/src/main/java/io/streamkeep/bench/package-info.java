/** Benchmarks of the figures that decisions and documents rest on. */
@NullMarked
package io.streamkeep.bench;

import org.jspecify.annotations.NullMarked;
