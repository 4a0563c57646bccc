/** Delivering commits to subscribers, each once and in order. */
@NullMarked
package io.streamkeep.kernel.subscription;

import org.jspecify.annotations.NullMarked;
