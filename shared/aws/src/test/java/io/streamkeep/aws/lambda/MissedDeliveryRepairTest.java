package io.streamkeep.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.reconcile.MissedDelivery;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MissedDeliveryRepairTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final StreamId STREAM = new StreamId("order", "1");

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> done = new ArrayList<>();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(before);
  }

  private static ParkedPosition position(String subscriber, long commit) {
    return new ParkedPosition(subscriber, STREAM, commit, Metadata.NONE);
  }

  /** Returns the repair's line. */
  private JsonObject repair(Runnable delivered) {
    List<Subscriber> subscribers =
        List.of(new Recorder("first", () -> {}), new Recorder("second", delivered));
    MissedDeliveryRepair repair =
        new MissedDeliveryRepair(
            new LoggingDispatcher(
                subscribers,
                position -> done.add("parked " + position.subscriber() + " " + position.commit()),
                CLOCK));
    repair.repair(
        new MissedDelivery(STREAM, 7, List.of(position("first", 3), position("second", 5))),
        LogLine.start(TestContext.of("fn", "r-1"), LogEvent.RECONCILIATION, CLOCK));
    JsonObject line = Json.read(log.toString(UTF_8).lines().toList().getLast());
    assertThat(line.getString("message")).isEqualTo("Repaired");
    assertThat(line.getString("stream")).isEqualTo("order#1");
    assertThat(line.getInt("commit")).isEqualTo(7);
    assertThat(line.getInt("Repaired")).isEqualTo(2);
    return line;
  }

  @Test
  void subscribersAreCaughtUpFromTheEventStore() {
    JsonObject line = repair(() -> {});

    assertThat(done).containsExactly("first []", "second []");
    assertThat(line.getString("outcome")).isEqualTo("done");
  }

  @Test
  void poisonIsParked() {
    JsonObject line =
        repair(
            () -> {
              throw new PoisonException(5, Metadata.NONE, new IllegalStateException("poison"));
            });

    assertThat(done).containsExactly("first []", "parked second 5", "second remembers 5");
    assertThat(line.getInt("parked")).isEqualTo(1);
    assertThat(line.getString("outcome")).isEqualTo("done");
  }

  @Test
  void infrastructureFailureIsLeftToRedeliveryAndRemembered() {
    JsonObject line =
        repair(
            () -> {
              throw new IllegalStateException("no answer");
            });

    assertThat(done)
        .containsExactly(
            "first []",
            "parked first 3",
            "parked second 5",
            "first remembers 3",
            "second remembers 5");
    assertThat(line.getString("outcome")).isEqualTo("handed-to-redelivery");
  }

  private final class Recorder implements Subscriber {
    private final String name;
    private final Runnable delivered;

    Recorder(String name, Runnable delivered) {
      this.name = name;
      this.delivered = delivered;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean handles(StreamId stream) {
      return true;
    }

    @Override
    public void deliver(StreamId stream, List<Commit> commits) {
      delivered.run();
      done.add(name + " " + commits);
    }

    @Override
    public void catchUp(StreamId stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      done.add(name + " remembers " + position.commit());
    }
  }
}
