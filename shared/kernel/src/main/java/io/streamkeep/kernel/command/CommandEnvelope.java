package io.streamkeep.kernel.command;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import java.time.Instant;
import java.util.function.LongPredicate;

/**
 * A command with its identity, conditions and metadata.
 *
 * @param id the same for every attempt at this command
 * @param fingerprint the same for every attempt, different for any other command
 * @param precondition must accept the number of the first stream's newest commit (0 if there is
 *     none); a repeat is not subject to it
 * @param deadline when the caller stops waiting; no write starts that might end later
 * @param metadata stored with the commits
 */
public record CommandEnvelope<C>(
    CommandId id,
    Fingerprint fingerprint,
    LongPredicate precondition,
    Instant deadline,
    Metadata metadata,
    C command) {}
