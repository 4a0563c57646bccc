package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Locale;

/** What was measured, as a table and as JSON. */
record ColdStartReport(List<Measured> measured) {

  private static final String ROW = "%-26s%8s%8s%8s  %-20s%-20s%12s%9s%n";

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Process start to first answer in ms, AWS's runtime client, JDK %s, C1, serial GC, %s;%n"
                + "%d runs, all variants in turn; ratios run by run: median (min to max).%n%n",
            Runtime.version(),
            ColdStarts.hasAotCache() ? "AOT cache for the client" : "no AOT cache (needs JDK 25)",
            measured.getFirst().millis().size()));
    text.append(
        ROW.formatted("", "median", "min", "max", "of SDK", "of empty", "jar bytes", "classes"));
    for (Measured each : measured) {
      Spread millis = Spread.of(each.millis());
      text.append(
          String.format(
              Locale.ROOT,
              ROW,
              each.variant().title,
              "%.0f".formatted(millis.median()),
              "%.0f".formatted(millis.min()),
              "%.0f".formatted(millis.max()),
              ratio(each.ratio(of(Variant.SDK))),
              ratio(each.ratio(of(Variant.EMPTY))),
              each.jarBytes(),
              each.classes()));
    }
    return text.toString();
  }

  private static String ratio(Spread ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.median(), ratio.min(), ratio.max());
  }

  String json() {
    JsonArrayBuilder variants = Json.createArrayBuilder();
    for (Measured each : measured) {
      variants.add(
          Json.createObjectBuilder()
              .add("variant", each.variant().name().toLowerCase(Locale.ROOT))
              .add("millis", Spread.of(each.millis()).json())
              .add("ofSdk", each.ratio(of(Variant.SDK)).json())
              .add("ofEmpty", each.ratio(of(Variant.EMPTY)).json())
              .add("jarBytes", each.jarBytes())
              .add("classes", each.classes()));
    }
    return Json.createObjectBuilder()
        .add("jdk", Runtime.version().toString())
        .add("aotCache", ColdStarts.hasAotCache())
        .add("runs", measured.getFirst().millis().size())
        .add("variants", variants)
        .build()
        .toString();
  }

  private Measured of(Variant variant) {
    return measured.stream().filter(each -> each.variant() == variant).findFirst().orElseThrow();
  }
}
