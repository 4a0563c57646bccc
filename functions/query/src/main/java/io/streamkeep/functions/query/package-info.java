/** The query function: answers from views, streams and the feed. */
@NullMarked
package io.streamkeep.functions.query;

import org.jspecify.annotations.NullMarked;
