package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.cli.Streamkeep;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.importer.ImportRetail;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Imports through the API: once, again, and with an importer that is killed. */
public abstract class ImportSuite {

  private static final int INVOICES = 40;

  private final Backend backend;
  private final ViewsCheck views;

  @TempDir private Path folder = Path.of("");

  protected ImportSuite(Backend backend) {
    this.backend = backend;
    this.views = new ViewsCheck(backend);
  }

  @Test
  void rerunIsLikeOneRun_evenAfterAKill() throws Exception {
    Path file = file(548400);
    Set<String> before = views.streams();
    String report = imported(file);
    Map<String, List<String>> events = eventsExcept(before);
    assertThat(imported(file)).isEqualTo(report);
    assertThat(eventsExcept(before)).isEqualTo(events);
    views.awaitViewsOf(events.keySet());

    Path sameWithOtherNumbers = file(648400);
    before = views.streams();
    killHalfWay(sameWithOtherNumbers, before);
    assertThat(eventsExcept(before)).hasSizeBetween(5, events.size() - 1);

    assertThat(imported(sameWithOtherNumbers)).isEqualTo(report.replace("5484", "6484"));
    Map<String, List<String>> eventsAfterKill = eventsExcept(before);
    assertThat(eventsAfterKill.values()).containsExactlyInAnyOrderElementsOf(events.values());
    views.awaitViewsOf(eventsAfterKill.keySet());
  }

  private String imported(Path file) {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new ImportRetail())
            .setOut(new PrintWriter(out))
            .execute("--json", "--endpoint", backend.apiUrl().toString(), file.toString());
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("\"read\":" + INVOICES);
    return out.toString();
  }

  private void killHalfWay(Path file, Set<String> before) throws IOException {
    Process importer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Streamkeep.class.getName(),
                "import-retail",
                "--in-flight=1",
                "--endpoint",
                backend.apiUrl().toString(),
                file.toString())
            .inheritIO()
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> views.streams().size() >= before.size() + 5);
    importer.destroyForcibly().onExit().join();
  }

  /** All events of the other streams, without their times. */
  private Map<String, List<String>> eventsExcept(Set<String> streams) {
    DynamoEventStore store =
        new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"));
    Set<String> others = new HashSet<>(views.streams());
    others.removeAll(streams);
    Map<String, List<String>> events = new TreeMap<>();
    for (String stream : others) {
      List<String> lines = new ArrayList<>();
      for (Commit commit : store.load(StreamId.parse(stream)).commits()) {
        commit.events().forEach(event -> lines.add(commit.number() + " " + timeless(event.data())));
      }
      events.put(stream, lines);
    }
    return events;
  }

  private static String timeless(String data) {
    return data.replaceFirst("\"placedAt\":\"[^\"]*\"", "");
  }

  /** Orders, guests, refusals, and returns of earlier orders; the same but for the numbers. */
  private Path file(int firstNumber) throws IOException {
    Random random = new Random(7);
    List<String> rows =
        new ArrayList<>(
            List.of(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"));
    for (int i = 0; i < INVOICES; i++) {
      boolean isReturn = i > 14 && i % 6 == 0;
      String customer = i % 7 == 0 ? "" : (1 + random.nextInt(5)) + ".0";
      int lines = isReturn ? 1 : 1 + random.nextInt(6);
      for (int line = 0; line < lines; line++) {
        rows.add(
            "%s%d,sku%d,THING,%d,2026-03-01 09:%02d:00,%d.%d5,%s,United Kingdom"
                .formatted(
                    isReturn ? "C" : "",
                    firstNumber + i,
                    random.nextInt(4),
                    (isReturn ? -1 : 1) * (i % 11 == 5 ? 0 : 1 + random.nextInt(3)),
                    i % 60,
                    random.nextInt(9),
                    random.nextInt(9),
                    customer));
      }
    }
    return Files.write(folder.resolve(firstNumber + ".csv"), rows);
  }
}
