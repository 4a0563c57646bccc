package io.streamkeep.localcloud.services;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.LightArrayRevolverScheduler;
import org.apache.pekko.event.LoggingAdapter;
import org.elasticmq.util.NowProvider;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * The clock by which ElasticMQ hides, delays and dates messages; it runs a number of times as fast
 * as the machine's. Long polls are timed by the actors' scheduler, which is sped up with it.
 */
final class QueueClock extends NowProvider {
  private final long start = System.currentTimeMillis();
  private final int speed;

  QueueClock(int speed) {
    this.speed = speed;
  }

  @Override
  public long nowMillis() {
    return start + speed * (System.currentTimeMillis() - start);
  }

  @Override
  public OffsetDateTime now() {
    return Instant.ofEpochMilli(nowMillis()).atOffset(ZoneOffset.UTC);
  }

  /** The scheduler's settings for actors that live by this clock. */
  static Config scheduling(int speed) {
    return speed == 1
        ? ConfigFactory.empty()
        : ConfigFactory.parseString(
            """
            pekko.scheduler { implementation = "%s", speed = %d }
            pekko.http.server.request-timeout = infinite
            """
                .formatted(FastScheduler.class.getName(), speed));
  }

  /** Made by the actor system, whose configuration names it. */
  static final class FastScheduler extends LightArrayRevolverScheduler {
    private final int speed;

    FastScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
      super(config, log, threads);
      this.speed = config.getInt("pekko.scheduler.speed");
    }

    @Override
    public Cancellable scheduleOnce(
        FiniteDuration delay, Runnable task, ExecutionContext executor) {
      return super.scheduleOnce(FiniteDuration.fromNanos(delay.toNanos() / speed), task, executor);
    }
  }
}
