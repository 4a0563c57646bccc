package io.streamkeep.kernel.subscription;

import java.time.Instant;

/**
 * That a subscriber can't go on in a stream.
 *
 * @param reason why not, by the last try: without anything of what is in the commit
 * @param first when it was parked
 * @param last when it was last tried
 * @param tries how often in all
 */
public record Parked(
    ParkedPosition pointer, String reason, Instant first, Instant last, long tries) {}
