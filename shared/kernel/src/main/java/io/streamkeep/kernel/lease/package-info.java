/**
 * Leases: one holder at a time, and a holder that lost its lease can't write. A lease is a stream;
 * its token is the number of the commit that acquired or last renewed it. A write with a token (see
 * {@link io.streamkeep.kernel.lease.FencedCommandExecutor}) succeeds only while that is the lease's
 * newest commit, which the store checks in the same transaction.
 *
 * <p>Times only say when another process may acquire a lease; the order of its commits decides who
 * holds it. So clocks that differ <em>can</em>
 *
 * <ul>
 *   <li>interrupt work: a process with a fast clock acquires a lease before its holder considers it
 *       expired, and the holder's next write is refused; or a holder with a fast clock stops early
 *   <li>delay work: a process with a slow clock waits too long for an expired lease; or a holder
 *       with a slow clock continues after the expiry, as long as nobody else acquires the lease
 * </ul>
 *
 * <p>and they <em>can't</em> let two holders write: once there is a newer token, no older one
 * passes, regardless of any clock. This covers only writes to the store. Other effects of a holder,
 * such as calls to another system, are not fenced unless that system compares tokens, too.
 */
@NullMarked
package io.streamkeep.kernel.lease;

import org.jspecify.annotations.NullMarked;
