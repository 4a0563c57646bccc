package io.streamkeep.chaos;

import io.streamkeep.localcloud.faults.FaultKind;


import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run.
 *
 * @param refused commands that were refused, though nothing of them was wrong
 * @param duplicates records that were delivered to a consumer of the stream once more
 * @param republished published events that came to their consumer once more
 * @param gaps how often a consumer of the stream read what it had not been given
 */
record ChaosReport(
    long seed,
    Duration time,
    Findings findings,
    List<String> refused,
    Map<FaultKind, Long> injected,
    long duplicates,
    long republished,
    long gaps,
    long parked,
    long repaired) {

  boolean right() {
    return findings.nothing() && refused.isEmpty();
  }

  /** Figures by name, in the order in which they are told. */
  private Map<String, Long> faults() {
    Map<String, Long> faults = new TreeMap<>();
    injected.forEach((kind, times) -> faults.put(kind.text(), times));
    return faults;
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            "Chaos with seed %d, %d s of trade under faults.%n%n"
                .formatted(seed, time.toSeconds()));
    line(text, "commits", findings.commits());
    line(text, "faults injected", faults().values().stream().mapToLong(Long::longValue).sum());
    faults().forEach((kind, times) -> line(text, "  " + kind, times));
    line(text, "duplicates dropped", duplicates);
    line(text, "events received twice", republished);
    line(text, "gaps filled", gaps);
    line(text, "parked", parked);
    line(text, "repaired", repaired);
    line(text, "refused", refused.size());
    line(text, "lost", findings.lost());
    line(text, "doubled", findings.doubled());
    line(text, "wrong", findings.wrong());
    refused.stream().limit(5).forEach(one -> text.append("refused: ").append(one).append('\n'));
    findings.told().forEach(one -> text.append(one).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long number) {
    text.append(String.format(Locale.ROOT, "%-26s%12d%n", name, number));
  }

  String json() {
    JsonObjectBuilder faults = Json.createObjectBuilder();
    faults().forEach(faults::add);
    return Json.createObjectBuilder()
        .add("seed", seed)
        .add("seconds", time.toSeconds())
        .add("commits", findings.commits())
        .add("faults", faults)
        .add("duplicatesDropped", duplicates)
        .add("eventsReceivedTwice", republished)
        .add("gapsFilled", gaps)
        .add("parked", parked)
        .add("repaired", repaired)
        .add("refused", refused.size())
        .add("lost", findings.lost())
        .add("doubled", findings.doubled())
        .add("wrong", findings.wrong())
        .add("findings", Json.createArrayBuilder(findings.told()))
        .build()
        .toString();
  }
}
