/** Measures what a decision or a promise rests on. */
@NullMarked
package io.streamkeep.bench;

import org.jspecify.annotations.NullMarked;
