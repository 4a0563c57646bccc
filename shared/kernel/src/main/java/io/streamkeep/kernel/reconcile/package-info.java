/**
 * Checks that nothing was skipped on the way from the event store to the subscribers, whatever the
 * delivery made of it. Again and again all commits are gone through, a slice at a time, and where a
 * subscriber's cursor is before a commit that is old enough, the subscriber is caught up.
 *
 * <p>Only streams that changed since the cycle before are compared, and none of their commits is
 * missed. A commit with the time {@code t} that no cycle has compared yet was too young when the
 * cycle before passed its stream, or not there to be seen. Too young: then {@code t} is after that
 * cycle's start minus the grace. (What is further ahead than the grace was never too young: it has
 * a wrong time, and is compared until that has come.) Not there: then it came later after {@code t}
 * than that cycle's start did. How late a commit can come is bounded (its function ends, a scan
 * sees what is a little older, clocks agree but for moments) by {@link
 * io.streamkeep.kernel.reconcile.Cycle#LATE}. So {@code t} is not before the start of the cycle
 * before minus both, and all from there on is compared. Compared is the newest such commit of each
 * stream, and a cursor that has reached it has passed those before it.
 */
@NullMarked
package io.streamkeep.kernel.reconcile;

import org.jspecify.annotations.NullMarked;
