/** The projection function: the stream evolves the views. */
@NullMarked
package io.streamkeep.functions.projection;

import org.jspecify.annotations.NullMarked;
