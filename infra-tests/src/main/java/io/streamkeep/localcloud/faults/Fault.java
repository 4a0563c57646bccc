package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Something that goes wrong now and then.
 *
 * @param targets the function, table (by logical ids) or operation of DynamoDB that it is for; if
 *     several, all of them at once; if none, everything that can have it
 * @param chance of each record, message, poll, call or invocation, from 0 to 1; 0 with every
 * @param every makes it each n-th instead; 0 with chance
 * @param by how much; what of, its kind says
 * @param from when it begins, after the schedule was made
 * @param to when it ends, likewise
 * @param max how often it happens at most
 */
public record Fault(
    FaultKind kind,
    Set<String> targets,
    double chance,
    long every,
    Duration by,
    Duration from,
    Duration to,
    long max) {
  private static final Duration ALWAYS = Duration.ofSeconds(Long.MAX_VALUE);

  public Fault {
    targets = Set.copyOf(targets);
  }

  /** With this chance, anywhere and at any time. */
  public static Fault of(FaultKind kind, double chance) {
    return new Fault(
        kind, Set.of(), chance, 0, kind.usual(), Duration.ZERO, ALWAYS, Long.MAX_VALUE);
  }

  /** Each n-th time. */
  public static Fault every(FaultKind kind, long nth) {
    return new Fault(kind, Set.of(), 0, nth, kind.usual(), Duration.ZERO, ALWAYS, Long.MAX_VALUE);
  }

  /** For this as well. */
  public Fault at(String target) {
    Set<String> all = new HashSet<>(targets);
    all.add(target);
    return new Fault(kind, all, chance, every, by, from, to, max);
  }

  public Fault by(Duration much) {
    return new Fault(kind, targets, chance, every, much, from, to, max);
  }

  public Fault from(Duration start) {
    return new Fault(kind, targets, chance, every, by, start, to, max);
  }

  public Fault to(Duration end) {
    return new Fault(kind, targets, chance, every, by, from, end, max);
  }

  public Fault max(long times) {
    return new Fault(kind, targets, chance, every, by, from, to, times);
  }
}
