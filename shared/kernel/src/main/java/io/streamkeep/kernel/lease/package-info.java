/**
 * Leases: one holder at a time, and a holder that lost its lease can't write. A lease is a stream;
 * its token is the number of the commit by which it was acquired or last renewed. A write that
 * carries a token (see {@link io.streamkeep.kernel.lease.Fenced}) goes through only while that is
 * the lease's newest commit: the store checks it in the transaction of the write.
 *
 * <p>Times only say when somebody may ask for a lease; the order of its commits says whose it is.
 * So clocks that differ <em>can</em>
 *
 * <ul>
 *   <li>interrupt work: who has a fast clock takes a lease before its holder believes it to end,
 *       and the holder's next write is refused; or, as a holder, stops early
 *   <li>delay work: who has a slow clock waits longer than it must for a lease that has ended; or,
 *       as a holder, goes on after its time for as long as nobody else asks
 * </ul>
 *
 * <p>and they <em>can't</em> let two holders write: once there is a newer token, no older one
 * passes, whatever any clock says. That is of writes to the store alone: what else a holder does,
 * such as calling another system, is not held back unless that system compares tokens too.
 */
@NullMarked
package io.streamkeep.kernel.lease;

import org.jspecify.annotations.NullMarked;
