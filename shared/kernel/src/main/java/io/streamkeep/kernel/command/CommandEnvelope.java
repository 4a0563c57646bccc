package io.streamkeep.kernel.command;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import java.time.Instant;
import java.util.function.LongPredicate;

/**
 * A command and what is to be known of it.
 *
 * @param id the same for every try of it
 * @param fingerprint the same for every try of it, another one for any other command
 * @param precondition what must be true of the number of the (first) stream's newest commit (0 =
 *     none); a repeat is not held to it
 * @param deadline when whoever waits for the outcome gives up; no write is started that may not be
 *     done by then
 * @param metadata kept with what it does
 * @param command what is wanted
 */
public record CommandEnvelope<C>(
    CommandId id,
    Fingerprint fingerprint,
    LongPredicate precondition,
    Instant deadline,
    Metadata metadata,
    C command) {}
