package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.ColdStarts.Measured;
import io.streamkeep.bench.ColdStarts.Variant;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the command function's cold start beside an empty handler and the SDK alone. */
@Command(
    name = "bench-coldstart",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the time from the start of the command function's process to its first answer,"
          + " beside",
      "an empty handler and a handler that only uses the SDK's client. Linux only."
    })
public final class BenchColdStart extends BenchCommand {

  private static final JsonTable TABLE =
      new JsonTable()
          .label("title")
          .column("median (min to max)", "/millis", "%.0f")
          .column("of SDK", "/ofSdk", "%.2f")
          .column("of empty", "/ofEmpty", "%.2f")
          .column("jar bytes", "/jarBytes", "%.0f")
          .column("classes", "/classes", "%.0f");

  private final String system;

  @Option(
      names = "--runs",
      defaultValue = "15",
      paramLabel = "N",
      description = "The number of cold starts of each function (default: ${DEFAULT-VALUE}).")
  private int runs;

  public BenchColdStart() {
    this(System.getProperty("os.name", ""));
  }

  BenchColdStart(String system) {
    this.system = system;
  }

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(
        system.toLowerCase(Locale.ROOT).startsWith("linux"),
        FAILED,
        "AWS's runtime client exists for Linux only, and this is " + system);
    require(runs >= 1, FAILED, "--runs must be at least 1");
    Path folder = Files.createTempDirectory("streamkeep-bench");
    try {
      return report(new ColdStarts(root, folder).measure(runs));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Report report(List<Measured> measured) {
    Map<Variant, List<Double>> millis = new EnumMap<>(Variant.class);
    measured.forEach(each -> millis.put(each.variant(), each.millis()));
    List<Double> sdk = millis.getOrDefault(Variant.SDK, List.of());
    List<Double> empty = millis.getOrDefault(Variant.EMPTY, List.of());
    JsonArrayBuilder variants = Json.array();
    List<JsonObject> rows = new ArrayList<>();
    for (Measured each : measured) {
      JsonObject variant =
          Json.object()
              .add("variant", each.variant().name().toLowerCase(Locale.ROOT))
              .add("millis", MedianRange.of(each.millis()).json())
              .add("ofSdk", MedianRange.ofRatios(each.millis(), sdk).json())
              .add("ofEmpty", MedianRange.ofRatios(each.millis(), empty).json())
              .add("jarBytes", each.jarBytes())
              .add("classes", each.classes())
              .build();
      variants.add(variant);
      rows.add(Json.object(variant).add("title", each.variant().title).build());
    }
    String text =
        """
        Process start to first answer in ms, AWS's runtime client, JDK %s, C1, serial GC, %s;
        %d runs, all variants in turn; ratios run by run: median (min to max).

        %s\
        """
            .formatted(
                Runtime.version(),
                ColdStarts.hasAotCache()
                    ? "AOT cache for the client"
                    : "no AOT cache (needs JDK 25)",
                runs,
                TABLE.text(rows));
    JsonObject json =
        Json.object()
            .add("jdk", Runtime.version().toString())
            .add("aotCache", ColdStarts.hasAotCache())
            .add("runs", runs)
            .add("variants", variants)
            .build();
    return new Report(text, json, null);
  }
}
