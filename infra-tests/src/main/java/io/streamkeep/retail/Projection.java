package io.streamkeep.retail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits until views, which follow the event store with a delay, show what is stored. */
final class Projection {

  private record Open(Look look, Map<String, String> missing) {}

  private final Queries queries;
  private final InFlight inFlight;
  private final Patience patience;

  Projection(Queries queries, InFlight inFlight, Patience patience) {
    this.queries = queries;
    this.inFlight = inFlight;
    this.patience = patience;
  }

  /** Looks again and again, as long as anything moves; says what is still missing then, and why. */
  SortedMap<String, String> await(List<Look> looks, Progress.Stage stage)
      throws IOException, InterruptedException {
    List<Open> open = look(looks, stage);
    long moved = System.nanoTime();
    int still = 0;
    while (!open.isEmpty() && !stoodStill(moved)) {
      Thread.sleep(patience.growing(++still));
      int before = count(open);
      open = look(open.stream().map(Open::look).toList(), stage);
      if (count(open) < before) {
        moved = System.nanoTime();
        still = 0;
      }
    }
    SortedMap<String, String> missing = new TreeMap<>();
    open.forEach(o -> missing.putAll(o.missing()));
    return missing;
  }

  private boolean stoodStill(long since) {
    return System.nanoTime() - since > patience.standstill().toNanos();
  }

  private static int count(List<Open> open) {
    return open.stream().mapToInt(o -> o.missing().size()).sum();
  }

  private List<Open> look(List<Look> looks, Progress.Stage stage)
      throws IOException, InterruptedException {
    List<Open> open = new ArrayList<>(inFlight.map(looks, look -> new Open(look, missing(look))));
    open.removeIf(o -> o.missing().isEmpty());
    for (int i = open.size(); i < looks.size(); i++) {
      stage.step();
    }
    return open;
  }

  private Map<String, String> missing(Look look) throws GaveUpException, InterruptedException {
    try {
      return look.missing(queries);
    } catch (BadAnswerException e) {
      return look.sales().stream()
          .collect(Collectors.toMap(Sale::invoice, sale -> String.valueOf(e.getMessage())));
    }
  }
}
