/**
 * Finds and repairs missed deliveries. All commits are scanned again and again, a slice at a time;
 * where a subscriber's cursor is behind a commit that is old enough, the subscriber is caught up.
 *
 * <p>A cycle compares only streams that changed since the cycle before, and misses no commit.
 * Suppose no cycle has compared a commit with timestamp {@code t} yet. When the previous cycle
 * passed its stream, the commit was either too young or not yet visible. If it was too young,
 * {@code t} is later than that cycle's start minus {@link
 * io.streamkeep.kernel.reconcile.ScanCycle#GRACE}. (A timestamp further ahead than the grace is
 * wrong; its commit is compared until that time has come.) If it was not visible, it became visible
 * later after {@code t} than the cycle started. That delay is bounded, since a function ends, a
 * scan lags a little and clocks differ only by moments, by {@link
 * io.streamkeep.kernel.reconcile.ScanCycle#LATE}. So {@code t} is not before the previous start
 * minus both, and everything from there on is compared. The newest such commit of each stream
 * suffices: a cursor that has reached it has passed those before it.
 *
 * <p>A cycle rests while the {@link io.streamkeep.kernel.reconcile.ChangeMarker} is the same as
 * when the previous cycle began, and was the same for both bounds before that. Every commit then
 * belongs to one of two kinds. Either it was there when the marker was first seen; then the
 * previous cycle found it visible and old enough, since it began later by both bounds. Or the
 * marker will change because of it, and end the rest. Whatever a marker does not show is found
 * after {@link io.streamkeep.kernel.reconcile.ScanCycle#MAX_REST}.
 */
@NullMarked
package io.streamkeep.kernel.reconcile;

import org.jspecify.annotations.NullMarked;
