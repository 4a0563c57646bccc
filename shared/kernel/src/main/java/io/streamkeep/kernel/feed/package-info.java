/**
 * The feed: every commit of every stream exactly once, in the order of its stream, at a position
 * that stays. It has partitions, of which each is a log of its own: a stream is in one of them.
 * What is in the feed is which commit, not what it says: that is in the event store.
 *
 * <p>A position is a number that grows, with gaps: {@value
 * io.streamkeep.kernel.feed.FeedPage#POSITIONS} times the page, and the place in the page.
 */
@NullMarked
package io.streamkeep.kernel.feed;

import org.jspecify.annotations.NullMarked;
