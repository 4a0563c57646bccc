/**
 * The feed: every commit of every stream exactly once, in the order of its stream, at a stable
 * position. It has partitions, each an independent log; a stream belongs to one of them. The feed
 * stores only references to commits; the commits themselves are in the event store.
 *
 * <p>Positions increase with gaps: {@value io.streamkeep.kernel.feed.FeedPage#POSITIONS} times the
 * page number, plus the index within the page.
 */
@NullMarked
package io.streamkeep.kernel.feed;

import org.jspecify.annotations.NullMarked;
