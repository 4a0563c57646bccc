package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.bench.Tables;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class SeveralDatabasesTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml");

  @Test
  void databaseAnswers_whileOthersStart() throws Exception {
    AtomicBoolean started = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    try (Tables tables = Tables.of(TEMPLATE)) {
      CompletableFuture<Void> requests =
          CompletableFuture.runAsync(
              () -> {
                while (!started.get()) {
                  tables.plain().describeTable(d -> d.tableName(Tables.EVENTS));
                  answers.incrementAndGet();
                }
              });
      for (int i = 0; i < 20; i++) {
        Tables.of(TEMPLATE).close();
      }
      started.set(true);
      requests.join();
    }
    assertThat(answers).hasPositiveValue();
  }
}
