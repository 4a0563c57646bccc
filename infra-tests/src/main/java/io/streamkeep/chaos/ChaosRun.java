package io.streamkeep.chaos;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.LocalCloudBuilder;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.lambda.TraceHeader;


import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run: trade under faults, then without until all is right, or stays as it is.
 *
 * @param faults as {@link FaultSchedule#parse} reads them, without a seed
 */
record ChaosRun(Path template, long seed, Duration time, String faults, Goods goods) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long BETWEEN_LOOKS = 5; // s

  /** Or most of what is traded would be delivered when the faults are over. */
  private static final long MOST_UNREAD = 100;

  private static final Pattern PARKED = Pattern.compile("\"message\":\"Parked\"");
  private static final Pattern REPAIRED = Pattern.compile("\"Repaired\":([0-9]+)");

  /** What the functions said in their logs. */
  private static final class Log {
    final AtomicLong parked = new AtomicLong();
    final AtomicLong repaired = new AtomicLong();

    void take(String line) {
      if (PARKED.matcher(line).find()) {
        parked.incrementAndGet();
      }
      Matcher repair = REPAIRED.matcher(line);
      if (repair.find()) {
        repaired.addAndGet(Long.parseLong(repair.group(1)));
      }
    }
  }

  ChaosReport run() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    Weather weather = new Weather(FaultSchedule.parse(faults + ",seed=" + seed));
    Log log = new Log();
    LocalCloudBuilder builder =
        LocalCloud.of(template).faults(weather).schedules(false).log(log::take);
    try (LocalCloud running = builder.start();
        Consumer consumer = new Consumer(running, random.split());
        Shop shop = new Shop(running.apiUrl(), goods, random.split())) {
      shop.trade(time, commits -> weather.unread(commits) > MOST_UNREAD);
      weather.stop();
      Findings findings = settled(running, shop, consumer);
      return new ChaosReport(
          seed,
          time,
          findings,
          shop.refused(),
          weather.injected(),
          weather.duplicates(),
          consumer.dropped(),
          weather.gaps(),
          log.parked.get(),
          log.repaired.get());
    }
  }

  private static Findings settled(LocalCloud cloud, Shop shop, Consumer consumer)
      throws IOException, InterruptedException {
    Inspection inspection = new Inspection(cloud);
    Findings findings = inspection.findings(shop.accepted(), consumer.effects());
    long moved = System.nanoTime();
    while (!findings.nothing() && System.nanoTime() - moved < PATIENCE.toNanos()) {
      TimeUnit.SECONDS.sleep(BETWEEN_LOOKS);
      Findings next = inspection.findings(shop.accepted(), consumer.effects());
      if (next.equals(findings)) { // what is missing is not just on its way
        shop.redrive();
        cloud.function("ReconcilerFunction").invoke("{}", TraceHeader.start());
      } else {
        moved = System.nanoTime();
      }
      findings = next;
    }
    return findings;
  }
}
