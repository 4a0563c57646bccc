/** The reaction function: the stream is acted on. */
@NullMarked
package io.streamkeep.functions.reaction;

import org.jspecify.annotations.NullMarked;
