package io.streamkeep.localcloud.services;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticmq.util.NowProvider;

/** The clock by which ElasticMQ hides, delays and dates messages; may be ahead of the machine's. */
final class QueueClock extends NowProvider {
  private final AtomicLong aheadMillis = new AtomicLong();

  void advance(Duration time) {
    aheadMillis.addAndGet(time.toMillis());
  }

  @Override
  public long nowMillis() {
    return System.currentTimeMillis() + aheadMillis.get();
  }

  @Override
  public OffsetDateTime now() {
    return Instant.ofEpochMilli(nowMillis()).atOffset(ZoneOffset.UTC);
  }
}
