package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;

/** What was measured of the event store, as a table and as JSON. */
record StoreReport(int runs, double percent, List<Compared> compared, ReadBack readBack) {

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        The event store beside its floor: one conditional PutItem; cold, a Query before it. Where many write to
        one stream, the floor is one writer, whom nobody disturbs, and the race as many who do the same, with a
        Query and a PutItem at once after each that was beaten. DynamoDB Local over HTTP, JDK %s,
        %d runs of a part each, all in turn. Units by the service's rules, a command.
        ratio = the floor's time / the store's: 1 is as fast, less is slower; median (min to max).

        """
            .formatted(Runtime.version(), runs));
    text.append(
        "%-16s%-7s%9s%9s%7s%7s%8s%8s%8s%7s  %s%n"
            .formatted(
                "",
                "",
                "commands",
                "requests",
                "WCU",
                "RCU",
                "bytes",
                "p50 ms",
                "p99 ms",
                "tries",
                "ratio"));
    for (Compared each : compared) {
      text.append(row(title(each.setting()), "floor", each.floor().figures(), ""));
      each.race().ifPresent(race -> text.append(row("", "race", race.figures(), "")));
      String ofRace = each.raceRatio().map(ratio -> "; of the race's " + text(ratio)).orElse("");
      text.append(row("", "store", each.store().figures(), text(each.ratio()) + ofRace));
    }
    return text.append(
            "%nRead back: %d commands, %d lost, %d doubled, %d gaps; %d told that others were faster.%n"
                .formatted(
                    readBack.commands(),
                    readBack.lost(),
                    readBack.doubled(),
                    readBack.gaps(),
                    compared.stream().mapToInt(each -> each.store().figures().givenUp()).sum()))
        .toString();
  }

  private static String text(Spread ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.median(), ratio.min(), ratio.max());
  }

  private static String title(Setting setting) {
    return setting.workload().code
        + (setting.cold() ? " cold" : " warm")
        + (setting.delayed() ? " +" + Delay.ADDED.toMillis() + " ms" : "");
  }

  private static String row(String title, String who, LaneFigures figures, String ratio) {
    String row =
        String.format(
            Locale.ROOT,
            "%-16s%-7s%9d%9.2f%7.2f%7.2f%8.0f%8.2f%8.2f%7d  %s",
            title,
            who,
            figures.command().count(),
            figures.command().requests(),
            figures.command().writeUnits(),
            figures.command().readUnits(),
            figures.command().bytesWritten(),
            figures.p50(),
            figures.p99(),
            figures.mostTries(),
            ratio);
    return row.stripTrailing() + System.lineSeparator();
  }

  String json() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (Compared each : compared) {
      Setting setting = each.setting();
      JsonObjectBuilder workload =
          Json.createObjectBuilder()
              .add("workload", setting.workload().code)
              .add("start", setting.cold() ? "cold" : "warm")
              .add("addedMillis", setting.delayed() ? Delay.ADDED.toMillis() : 0)
              .add("commands", each.store().figures().command().count())
              .add("ratio", each.ratio().json())
              .add("floor", each.floor().figures().json())
              .add("store", each.store().figures().json());
      each.raceRatio().ifPresent(ratio -> workload.add("raceRatio", ratio.json()));
      each.race().ifPresent(race -> workload.add("race", race.figures().json()));
      all.add(workload);
    }
    return Json.createObjectBuilder()
        .add("jdk", Runtime.version().toString())
        .add("runs", runs)
        .add("percent", percent)
        .add("workloads", all)
        .add("lost", readBack.lost())
        .add("doubled", readBack.doubled())
        .add("gaps", readBack.gaps())
        .build()
        .toString();
  }
}
