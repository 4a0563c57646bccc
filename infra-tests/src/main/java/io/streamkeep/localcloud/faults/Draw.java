package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws for each place what goes wrong there next, and counts it. */
final class Draw {
  private final List<Dice> dice = new ArrayList<>();
  private final InstantSource clock;
  private final Instant made;
  private volatile boolean stopped;

  Draw(long seed, List<Fault> faults, InstantSource clock) {
    this.clock = clock;
    this.made = clock.instant();
    for (Fault fault : faults) {
      dice.add(new Dice(fault, seed + dice.size()));
    }
  }

  /**
   * The fault of this kind that happens now, if one does.
   *
   * @param names all that a target may name
   */
  Optional<Fault> next(FaultKind kind, String place, Set<String> names) {
    if (stopped) {
      return Optional.empty();
    }
    Duration elapsed = Duration.between(made, clock.instant());
    for (Dice die : dice) {
      if (die.fault().kind() == kind && die.hits(place, names, elapsed)) {
        return Optional.of(die.fault());
      }
    }
    return Optional.empty();
  }

  /** From 0 to bound - 1, for a kind that is in the schedule. */
  int roll(FaultKind kind, String place, int bound) {
    return dice.stream()
        .filter(die -> die.fault().kind() == kind)
        .findFirst()
        .orElseThrow()
        .roll(place, bound);
  }

  boolean has(FaultKind kind) {
    return dice.stream().anyMatch(die -> die.fault().kind() == kind);
  }

  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  Map<FaultKind, Long> injected() {
    Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    dice.forEach(die -> counts.merge(die.fault().kind(), die.hits(), Long::sum));
    return counts;
  }

  /** Refuses what is for nothing that there is. */
  void requireTargets(Set<String> known) {
    for (Dice die : dice) {
      for (String target : die.fault().targets()) {
        if (!known.contains(target)) {
          throw new BadFaultException(
              "\"%s@%s\": there is no function, table or operation of that name"
                  .formatted(die.fault().kind().text(), target));
        }
      }
    }
  }
}
