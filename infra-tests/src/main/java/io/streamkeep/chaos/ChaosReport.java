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
 * The result of a run.
 *
 * @param time the duration of load under faults
 * @param refused the responses to valid commands that were refused
 * @param duplicates the number of records that stream consumers received again
 * @param republished the number of published events that their consumer received again
 * @param gaps the number of times that a stream consumer read commits it had not received
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

  boolean passed() {
    return findings.isEmpty() && refused.isEmpty();
  }

  private record Figure(String label, String key, long value) {}

  private List<Figure> figures() {
    return List.of(
        new Figure("duplicates dropped", "duplicatesDropped", duplicates),
        new Figure("events received twice", "eventsReceivedTwice", republished),
        new Figure("gaps filled", "gapsFilled", gaps),
        new Figure("parked", "parked", parked),
        new Figure("repaired", "repaired", repaired),
        new Figure("refused", "refused", refused.size()),
        new Figure("lost", "lost", findings.counts().lost()),
        new Figure("doubled", "doubled", findings.counts().duplicated()),
        new Figure("wrong", "wrong", findings.counts().wrong()));
  }

  private Map<String, Long> faults() {
    Map<String, Long> faults = new TreeMap<>();
    injected.forEach((kind, times) -> faults.put(kind.text(), times));
    return faults;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Chaos with seed %d, %d s of load under faults.%n%n".formatted(seed, time.toSeconds()));
    line(text, "commits", findings.commits());
    line(text, "faults injected", faults().values().stream().mapToLong(Long::longValue).sum());
    faults().forEach((kind, times) -> line(text, "  " + kind, times));
    figures().forEach(figure -> line(text, figure.label, figure.value));
    refused.stream().limit(5).forEach(each -> text.append("refused: ").append(each).append('\n'));
    findings.descriptions().forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, long value) {
    text.append(String.format(Locale.ROOT, "%-26s%12d%n", label, value));
  }

  String json() {
    JsonObjectBuilder faults = Json.createObjectBuilder();
    faults().forEach(faults::add);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("seed", seed)
            .add("seconds", time.toSeconds())
            .add("commits", findings.commits())
            .add("faults", faults);
    figures().forEach(figure -> json.add(figure.key, figure.value));
    return json.add("findings", Json.createArrayBuilder(findings.descriptions()))
        .build()
        .toString();
  }
}
