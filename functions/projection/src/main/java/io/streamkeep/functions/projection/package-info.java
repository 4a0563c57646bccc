/** The projection function: updates the views from the stream of the event table. */
@NullMarked
package io.streamkeep.functions.projection;

import org.jspecify.annotations.NullMarked;
