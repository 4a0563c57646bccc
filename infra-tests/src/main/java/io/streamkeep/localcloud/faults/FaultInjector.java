package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Decides which fault happens next at a point, and counts faults. Each fault has a random sequence
 * for each point, so that decisions at one point do not depend on events at another.
 */
final class FaultInjector {
  private final List<FaultRandom> randoms;
  private final InstantSource clock;
  private final Instant start;
  private volatile boolean stopped;

  FaultInjector(long seed, List<Fault> faults, InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
    this.randoms =
        IntStream.range(0, faults.size())
            .mapToObj(i -> new FaultRandom(faults.get(i), seed + i))
            .toList();
  }

  /**
   * A point where faults can happen.
   *
   * @param names all names that a target may have there
   */
  record InjectionPoint(FaultInjector injector, String name, Set<String> names) {
    /** The fault of this kind that happens now, if one does. */
    Optional<Fault> next(FaultKind kind) {
      return injector.next(kind, this);
    }

    /** A number from 0 to bound - 1, for a kind that is in the schedule. */
    int random(FaultKind kind, int bound) {
      return injector.randoms.stream()
          .filter(random -> random.fault.kind() == kind)
          .findFirst()
          .orElseThrow()
          .random(name, bound);
    }

    boolean stopped() {
      return injector.stopped;
    }
  }

  private Optional<Fault> next(FaultKind kind, InjectionPoint point) {
    Duration elapsed = Duration.between(start, clock.instant());
    return stopped
        ? Optional.empty()
        : randoms.stream()
            .filter(random -> random.fault.kind() == kind && random.hits(point, elapsed))
            .findFirst()
            .map(random -> random.fault);
  }

  boolean has(FaultKind kind) {
    return randoms.stream().anyMatch(random -> random.fault.kind() == kind);
  }

  void stop() {
    stopped = true;
  }

  Map<FaultKind, Long> injected() {
    Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    randoms.forEach(random -> counts.merge(random.fault.kind(), random.hits(), Long::sum));
    return counts;
  }

  List<Fault> faults() {
    return randoms.stream().map(random -> random.fault).toList();
  }

  /** The random sequences of one fault, by point. */
  private static final class FaultRandom {
    private final Fault fault;
    private final long seed;
    private final Map<String, SplittableRandom> randoms = new HashMap<>();
    private final Map<String, Long> occasions = new HashMap<>();
    private long hits;

    FaultRandom(Fault fault, long seed) {
      this.fault = fault;
      this.seed = seed;
    }

    synchronized boolean hits(InjectionPoint point, Duration elapsed) {
      if (!point.names().containsAll(fault.targets())
          || hits >= fault.max()
          || elapsed.compareTo(fault.from()) < 0
          || elapsed.compareTo(fault.to()) >= 0) {
        return false;
      }
      long occasion = occasions.merge(point.name(), 1L, Long::sum);
      boolean hit =
          fault.every() > 0
              ? occasion % fault.every() == 0
              : random(point.name()).nextDouble() < fault.chance();
      hits += hit ? 1 : 0;
      return hit;
    }

    synchronized long hits() {
      return hits;
    }

    synchronized int random(String point, int bound) {
      return random(point).nextInt(bound);
    }

    private SplittableRandom random(String point) {
      return randoms.computeIfAbsent(
          point, name -> new SplittableRandom(seed + 0x9E3779B97F4A7C15L * name.hashCode()));
    }
  }
}
