package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What was measured of delivery, as a table and as JSON.
 *
 * @param lags none if they were not asked for
 */
record DeliveryReport(
    int runs, List<Applied> applied, List<Backlog> backlogs, RowsBack rows, List<Lag> lags) {

  /** What lag there is on this machine says little of AWS. */
  private static final String WHERE =
      "On this machine's local cloud, whose poller looks every 20 ms; AWS polls a shard 4 times a"
          + " second.";

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Delivery beside its floor: for each commit and subscriber one conditional PutItem of the same row. DynamoDB
        Local over HTTP, JDK %s, %d runs of a part each, both in turn. Units by the service's rules, an applied commit.
        ratio = the floor's time / the delivery's: 1 is as fast, less is slower; median (min to max).

        """
            .formatted(Runtime.version(), runs));
    text.append(
        "%-15s%-10s%8s%9s%7s%7s%7s%11s  %s%n"
            .formatted("", "", "applied", "requests", "WCU", "RCU", "bytes", "applied/s", "ratio"));
    for (Applied each : applied) {
      text.append(row(title(each), "floor", each.floor(), ""));
      text.append(row("", "delivery", each.delivery(), spread("%.2f", each.ratio())));
    }
    text.append(
        "%nWhat is waiting, applied a second; of each batch: median (min to max)%n%n".formatted());
    for (Backlog each : backlogs) {
      text.append(
          line(
              "%-25s%8d%41.0f  %s",
              "a backlog", each.commits(), each.perSecond(), spread("%.0f", each.batches())));
    }
    text.append(
        "%nRows of all subscribers: %d, %d lost, %d wrong.%n"
            .formatted(rows.rows(), rows.lost(), rows.wrong()));
    return lags.isEmpty() ? text.toString() : text.append(lag()).toString();
  }

  private static String title(Applied each) {
    return each.workload().code + (each.delayed() ? " +" + Delay.ADDED.toMillis() + " ms" : "");
  }

  private static String row(String title, String who, Applied.Side side, String ratio) {
    Average commit = side.commit();
    return line(
        "%-15s%-10s%8d%9.2f%7.2f%7.2f%7.0f%11.0f  %s",
        title,
        who,
        commit.count(),
        commit.requests(),
        commit.writeUnits(),
        commit.readUnits(),
        commit.bytesWritten(),
        side.perSecond(),
        ratio);
  }

  private String lag() {
    StringBuilder text =
        new StringBuilder(
            "%nLag in ms, from the answer to a placed order until its view shows it.%n%s%n%n"
                .formatted(WHERE));
    text.append(line("%-25s%8s%9s%9s%9s", "", "orders", "p50", "p99", "max"));
    for (Lag each : lags) {
      text.append(
          line(
              "%-25s%8d%9.0f%9.0f%9.0f",
              each.when(), each.orders(), each.p50(), each.p99(), each.max()));
    }
    return text.toString();
  }

  private static String spread(String number, Spread spread) {
    return String.format(
        Locale.ROOT,
        "%1$s (%1$s to %1$s)".formatted(number),
        spread.median(),
        spread.min(),
        spread.max());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing() + System.lineSeparator();
  }

  String json() {
    return Json.createObjectBuilder()
        .add("jdk", Runtime.version().toString())
        .add("runs", runs)
        .add("applied", array(applied, Applied::json))
        .add("backlogs", array(backlogs, Backlog::json))
        .add("rows", rows.rows())
        .add("lost", rows.lost())
        .add("wrong", rows.wrong())
        .add("lagIs", WHERE)
        .add("lag", array(lags, Lag::json))
        .build()
        .toString();
  }

  private static <T> JsonArrayBuilder array(List<T> all, Function<T, JsonObjectBuilder> json) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    all.forEach(each -> array.add(json.apply(each)));
    return array;
  }
}
