package io.streamkeep.kernel.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A parked subscriber in one stream.
 *
 * @param reason why the last attempt failed; contains no event data
 * @param first when it was parked
 * @param last when the last attempt was
 * @param attempts the total number of attempts
 * @param sent when a redrive sent it, if it has not been attempted since; otherwise null
 */
public record Parked(
    ParkedPosition position,
    String reason,
    Instant first,
    Instant last,
    long attempts,
    @Nullable Instant sent) {}
