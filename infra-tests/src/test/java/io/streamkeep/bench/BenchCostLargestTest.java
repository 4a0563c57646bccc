package io.streamkeep.bench;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.importer.TestCsv;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The cost of an order like the largest invoice of the documented days: 518 lines, whose
 * descriptions are four or five of about 750 words with uneven frequencies. The words are random
 * letters, which compress less well than real words.
 */
@Tag("slow")
final class BenchCostLargestTest {

  private static final int LINES = 518;

  private final Random random = new Random(20111108);
  private final List<String> words = Stream.generate(this::word).limit(750).toList();

  private String word() {
    return random
        .ints(3 + random.nextInt(6), 'A', 'Z' + 1)
        .mapToObj(Character::toString)
        .collect(joining());
  }

  private String frequentWord() {
    return words.get((int) (words.size() * Math.pow(random.nextDouble(), 2)));
  }

  private String row(int line) {
    String description =
        Stream.generate(this::frequentWord).limit(4 + random.nextInt(2)).collect(joining(" "));
    return String.format(
        Locale.ROOT,
        "575176,%d,%s,%d,2011-11-08 15:49:00,%.2f,14096.0,United Kingdom",
        21000 + line * 5 + random.nextInt(5),
        description,
        1 + random.nextInt(24),
        0.2 + 10 * random.nextDouble());
  }

  private JsonObject largest(Path file) throws IOException {
    Files.writeString(
        file,
        Stream.concat(Stream.of(TestCsv.HEADER), IntStream.range(0, LINES).mapToObj(this::row))
            .collect(joining("\n", "", "\n")));
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(new BenchCost())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--json", file.toString());
    assertThat(status).isZero();
    try (JsonReader reader = Json.createReader(new StringReader(out.toString()))) {
      return reader.readObject().getJsonObject("largest");
    }
  }

  private static double ratio(JsonObject units) {
    return units.getJsonNumber("ratio").doubleValue();
  }

  @Test
  void largeOrderCostsSeveralTimesLess(@TempDir Path folder) throws IOException {
    JsonObject largest = largest(folder.resolve("day.csv"));

    assertThat(largest.getInt("bytes")).isBetween(45_000, 48_000);
    assertThat(ratio(largest.getJsonObject("events").getJsonObject("placed"))).isGreaterThan(3.5);
    assertThat(ratio(largest.getJsonObject("views").getJsonObject("order"))).isGreaterThan(9);
    assertThat(ratio(largest.getJsonObject("sum"))).isGreaterThan(5.5);
  }
}
