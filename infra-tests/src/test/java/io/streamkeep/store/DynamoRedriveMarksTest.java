package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.dynamodb.views.DynamoParkedReader;
import io.streamkeep.aws.dynamodb.views.DynamoRedriveMarks;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.RedriveMarks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Marks on parked rows, and what the readers of parked positions see of them. */
@Tag("slow")
final class DynamoRedriveMarksTest {

  private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");
  private static final String VIEW = "order";

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final DynamoViewStore rows = new DynamoViewStore(TABLES.client(), Tables.VIEWS);
  private final DynamoParkedReader parked = new DynamoParkedReader(TABLES.client(), Tables.VIEWS);
  private final RedriveMarks marks = new DynamoRedriveMarks(TABLES.client(), Tables.VIEWS);
  private final StreamId stream = new StreamId("order", UUID.randomUUID().toString());

  private void park() {
    rows.park(new ParkedPosition(VIEW, stream, 1, Metadata.NONE), "why", NOW);
  }

  private boolean mark(String redrive, Instant at) {
    return marks.mark(VIEW, stream, redrive, at);
  }

  @Test
  void onlyOneRedriveMarksAPosition_untilTheNextAttempt() {
    park();

    assertThat(mark("first", NOW)).isTrue();
    assertThat(mark("second", NOW)).isFalse();
    assertThat(mark("first", NOW)).as("a repeat").isTrue();
    park();
    assertThat(mark("second", NOW)).isTrue();
  }

  @Test
  void markExpires() {
    park();
    assertThat(mark("first", NOW)).isTrue();

    assertThat(mark("second", NOW.plus(RedriveMarks.EXPIRY))).isFalse();
    assertThat(mark("second", NOW.plus(RedriveMarks.EXPIRY).plusMillis(1))).isTrue();
    assertThat(mark("first", NOW.plus(RedriveMarks.EXPIRY).plusMillis(1))).isFalse();
  }

  @Test
  void positionIsNotMarked_whenNotParked() {
    assertThat(mark("first", NOW)).isFalse();
    assertThat(rows.find(VIEW, stream).parked()).isFalse();
  }

  @Test
  void timeIsReadFromStreamAndIndex_untilTheNextAttempt() {
    park();
    assertThat(mark("first", NOW)).isTrue();

    for (List<Parked> found : List.of(parked.parked(stream), parked.parked(VIEW))) {
      assertThat(found)
          .filteredOn(each -> each.position().stream().equals(stream))
          .extracting(Parked::sent)
          .containsExactly(NOW);
    }
    park();
    assertThat(parked.parked(stream)).extracting(Parked::sent).containsOnlyNulls();
  }
}
