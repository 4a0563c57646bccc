/**
 * The feed: every commit of every stream exactly once, in the order of its stream, at a stable
 * position. It has partitions, each an independent log; a stream belongs to one of them. The feed
 * stores only references to commits; the commits themselves are in the event store.
 *
 * <p>Positions increase with gaps: {@value io.streamkeep.kernel.feed.FeedPage#POSITIONS} times the
 * page number, plus the index within the page. A position is never used again, except in another
 * generation: after events or pages were lost, the feed starts anew from the event store, under
 * another generation number, by which a consumer can tell that its position is of no use any more.
 */
@NullMarked
package io.streamkeep.kernel.feed;

import org.jspecify.annotations.NullMarked;
