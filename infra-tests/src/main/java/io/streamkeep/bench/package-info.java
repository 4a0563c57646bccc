/** Benchmarks that produce the figures in decisions and documents. */
@NullMarked
package io.streamkeep.bench;

import org.jspecify.annotations.NullMarked;
