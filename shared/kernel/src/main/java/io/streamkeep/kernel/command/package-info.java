/** The command loop: load or take from the cache, decide, append, retry. */
@NullMarked
package io.streamkeep.kernel.command;

import org.jspecify.annotations.NullMarked;
