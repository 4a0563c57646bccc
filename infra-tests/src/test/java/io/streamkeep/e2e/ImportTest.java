package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.cli.Streamkeep;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.retail.ImportRetail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A day of trade, imported through the API: once, twice, and once with the importer killed. */
@Tag("slow")
final class ImportTest {

  private static final int INVOICES = 60;

  @TempDir private Path folder = Path.of("");

  private Path day = Path.of("");

  @BeforeEach
  void makeADay() throws IOException {
    day = Files.write(folder.resolve("day.csv"), rows());
  }

  @Test
  void twiceOrKilledHalfWayAndAgainIsAsOnce() throws Exception {
    String report;
    Map<String, List<String>> state;
    try (LocalCloud cloud = start()) {
      report = imported(cloud.apiUrl());
      state = state(cloud);
      assertThat(imported(cloud.apiUrl())).isEqualTo(report);
      assertThat(state(cloud)).isEqualTo(state);
      new ViewsCheck(new LocalBackend(cloud)).awaitViews(state.size());
    }
    try (LocalCloud cloud = start()) {
      killHalfWay(cloud);
      assertThat(state(cloud)).hasSizeBetween(5, state.size() - 1);

      assertThat(imported(cloud.apiUrl())).isEqualTo(report);
      assertThat(state(cloud)).isEqualTo(state);
      new ViewsCheck(new LocalBackend(cloud)).awaitViews(state.size());
    }
  }

  private static LocalCloud start() throws IOException {
    return LocalCloud.of(LocalCloudExtension.TEMPLATE).prewarm(true).start();
  }

  private String imported(URI api) {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new ImportRetail())
            .setOut(new PrintWriter(out))
            .execute("--json", "--endpoint", api.toString(), day.toString());
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("\"read\":" + INVOICES);
    return out.toString();
  }

  private void killHalfWay(LocalCloud cloud) throws IOException {
    Process importer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Streamkeep.class.getName(),
                "import-retail",
                "--in-flight=2",
                "--endpoint",
                cloud.apiUrl().toString(),
                day.toString())
            .inheritIO()
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> new ViewsCheck(new LocalBackend(cloud)).streams().size() >= 10);
    importer.destroyForcibly().onExit().join();
  }

  /** All events of all streams, without their times. */
  private static Map<String, List<String>> state(LocalCloud cloud) {
    DynamoEventStore events =
        new DynamoEventStore(cloud.dynamoDb(), cloud.tableName("EventsTable"));
    Map<String, List<String>> state = new TreeMap<>();
    for (String stream : new ViewsCheck(new LocalBackend(cloud)).streams()) {
      List<String> lines = new ArrayList<>();
      for (Commit commit : events.load(StreamId.parse(stream)).commits()) {
        commit.events().forEach(event -> lines.add(commit.number() + " " + timeless(event.data())));
      }
      state.put(stream, lines);
    }
    return state;
  }

  private static String timeless(String data) {
    return data.replaceFirst("\"placedAt\":\"[^\"]*\"", "");
  }

  /** Seeded: orders, guests, refusals, and returns of what was ordered before. */
  private static List<String> rows() {
    Random random = new Random(7);
    List<String> rows =
        new ArrayList<>(
            List.of(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"));
    for (int i = 0; i < INVOICES; i++) {
      boolean back = i > 20 && i % 6 == 0;
      String customer = i % 7 == 0 ? "" : (1 + random.nextInt(5)) + ".0";
      int lines = back ? 1 : 1 + random.nextInt(6);
      for (int line = 0; line < lines; line++) {
        rows.add(
            "%s%d,sku%d,THING,%d,2026-03-01 09:%02d:00,%d.%d5,%s,United Kingdom"
                .formatted(
                    back ? "C" : "",
                    548400 + i,
                    random.nextInt(4),
                    (back ? -1 : 1) * (i % 11 == 5 ? 0 : 1 + random.nextInt(3)),
                    i % 60,
                    random.nextInt(9),
                    random.nextInt(9),
                    customer));
      }
    }
    return rows;
  }
}
