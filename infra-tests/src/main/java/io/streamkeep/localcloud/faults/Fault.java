package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.Set;

/**
 * A fault that is injected at random or at a fixed rate.
 *
 * @param targets the function, table, queue (logical ids) or operation that it affects; if several,
 *     only where all of them meet; if none, everywhere
 * @param chance for each record, message, poll, call or invocation, to 1; 0 with every
 * @param every makes it each n-th instead; 0 with chance
 * @param by how long; the kind says what
 * @param from when it begins, after the schedule was made
 * @param to when it ends, likewise
 * @param max the maximum number of injections
 */
public record Fault(
    FaultKind kind,
    Set<String> targets,
    double chance,
    long every,
    Duration by,
    Duration from,
    Duration to,
    long max) {}
