package io.streamkeep.bench;

import io.streamkeep.store.SharedTables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an applied commit costs, in batches of 100. */
@Tag("slow")
final class DeliveryCourseTest {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  /** After a warm-up, one batch with its floor first and one with its floor last. */
  private static Applied applied(DeliveryWorkload workload) throws IOException {
    Tables all = TABLES.tables();
    DeliveryCourse course = new DeliveryCourse(all, workload, false, Arrivals.BATCH);
    course.warmUp();
    course.run(1, true);
    course.run(1, false);
    RowsBack rows = RowsBack.of(all.plain(), Map.of(course.category(), course.kept()));
    assertThat(rows.rows()).isPositive();
    assertThat(rows.right()).as(rows::toString).isTrue();
    return course.figures();
  }

  private static void isOneWrite(Average floor, int applied) {
    assertThat(floor.count()).isEqualTo(applied);
    assertThat(floor.requests()).isEqualTo(1);
    assertThat(floor.writeUnits()).isEqualTo(1);
    assertThat(floor.readUnits()).isZero();
  }

  @Test
  void aCommitOfAStreamIsOneWriteAndAtMostOneRead() throws Exception {
    for (DeliveryWorkload workload :
        new DeliveryWorkload[] {DeliveryWorkload.NEW_STREAMS, DeliveryWorkload.GOING_ON}) {
      Applied applied = applied(workload);

      isOneWrite(applied.floor().commit(), 200);
      Average delivery = applied.delivery().commit();
      assertThat(delivery.count()).isEqualTo(200);
      assertThat(delivery.requests()).isBetween(1.0, 2.0);
      assertThat(delivery.writeUnits()).isEqualTo(1);
      assertThat(delivery.readUnits()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eachSubscriberCostsWhatTheFirstDoes() throws Exception {
    Applied applied = applied(DeliveryWorkload.TWO_VIEWS);

    isOneWrite(applied.floor().commit(), 400);
    assertThat(applied.delivery().commit().requests()).isBetween(1.0, 2.0);
    assertThat(applied.delivery().commit().writeUnits()).isEqualTo(1);
  }

  @Test
  void commitsOfOneStreamAreTakenInTogether() throws Exception {
    Applied applied = applied(DeliveryWorkload.BUSY_STREAM);

    isOneWrite(applied.floor().commit(), 200);
    assertThat(applied.delivery().commit().requests()).isLessThan(0.05);
    assertThat(applied.delivery().commit().writeUnits()).isLessThan(0.05);
  }

  @Test
  void theFeedPutsManyCommitsInOneRequest() throws Exception {
    Applied applied = applied(DeliveryWorkload.FEED);

    isOneWrite(applied.floor().commit(), 200);
    assertThat(applied.delivery().commit().requests()).isLessThan(0.3);
    assertThat(applied.delivery().commit().readUnits()).isLessThan(0.1);
  }

  @Test
  void ordersArePlacedConfirmedAndCompletedInEachBatch() throws Exception {
    Applied applied = applied(DeliveryWorkload.ORDERS);

    assertThat(applied.floor().commit().count()).isEqualTo(2 * 99 * 3);
    assertThat(applied.floor().commit().requests()).isEqualTo(1);
    assertThat(applied.delivery().commit().requests()).isBetween(1.0, 2.3);
    assertThat(applied.delivery().commit().writeUnits()).isBetween(1.0, 3.0);
  }
}
