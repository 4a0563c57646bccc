package io.streamkeep.chaos;

import io.streamkeep.api.ExampleBodies;
import io.streamkeep.aws.sqs.VisibilityBackoff;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.lambda.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generates load under faults, then checks without faults until everything is consistent or nothing
 * improves any more.
 *
 * @param root the folder of template.yaml
 * @param faults the schedule as {@link FaultSchedule#parse} reads it, without a seed
 * @param samples request bodies by operationId, sent instead of random ones
 */
record ChaosRun(Path root, long seed, String faults, Map<String, List<String>> samples) {

  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** Limits the backlog, so that most of it is delivered while there are faults. */
  private static final long MAX_UNREAD_RECORDS = 100;

  private static final Pattern PARKED = Pattern.compile("\"message\":\"Parked\"");
  private static final Pattern REPAIRED = Pattern.compile("\"Repaired\":([0-9]+)");

  /** Counts taken from the functions' logs. */
  private static final class LogFigures {
    final AtomicLong parked = new AtomicLong();
    final AtomicLong repaired = new AtomicLong();

    void add(String line) {
      if (PARKED.matcher(line).find()) {
        parked.incrementAndGet();
      }
      Matcher repair = REPAIRED.matcher(line);
      if (repair.find()) {
        repaired.addAndGet(Long.parseLong(repair.group(1)));
      }
    }
  }

  /**
   * Runs once. No further stream is started once either limit is reached; faults last until the
   * records of the last one were read, or the time is over.
   *
   * @param time the limit on the duration of the load
   * @param commits the limit on the number of accepted commits
   */
  ChaosReport run(Duration time, long commits) throws IOException, InterruptedException {
    Random random = new Random(seed);
    RecordingFaults recording = new RecordingFaults(faults + ",seed=" + seed);
    ExampleBodies examples = ExampleBodies.read(root.resolve("functions/api.yaml"));
    LogFigures log = new LogFigures();
    try (LocalCloud cloud =
            LocalCloud.of(root.resolve("template.yaml"))
                .faults(recording)
                .schedules(false)
                .shards(2)
                .log(log::add)
                .start();
        OutboundConsumer consumer = new OutboundConsumer(cloud, new Random(random.nextLong()));
        LoadRunner load = new LoadRunner(cloud.apiUrl(), examples, samples, random)) {
      long start = System.nanoTime();
      load.run(
          accepted ->
              System.nanoTime() - start >= time.toNanos()
                  || (accepted >= commits && recording.unread(accepted) <= 0),
          accepted -> accepted >= commits || recording.unread(accepted) > MAX_UNREAD_RECORDS);
      Duration loadTime = Duration.ofNanos(System.nanoTime() - start);
      recording.stop();
      Findings findings = findings(cloud, load, consumer);
      return new ChaosReport(
          seed,
          loadTime,
          findings,
          load.refused(),
          recording.injected(),
          recording.duplicates(),
          consumer.duplicates(),
          recording.gaps(),
          log.parked.get(),
          log.repaired.get());
    }
  }

  private static Findings findings(LocalCloud cloud, LoadRunner load, OutboundConsumer consumer)
      throws IOException, InterruptedException {
    ConsistencyCheck check = new ConsistencyCheck(cloud);
    Findings findings = check.run(load.accepted(), consumer.effects());
    long improved = System.nanoTime();
    while (!findings.isEmpty() && System.nanoTime() - improved < GIVE_UP_AFTER.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(CHECK_INTERVAL.toNanos());
      Findings next = check.run(load.accepted(), consumer.effects());
      if (next.counts().equals(findings.counts())) { // nothing is in flight any more
        cloud.advanceQueues(VisibilityBackoff.MAX);
        load.redrive();
        cloud.function("ReconcilerFunction").invoke("{}", TraceHeader.start());
      } else {
        improved = System.nanoTime();
      }
      findings = next;
    }
    return findings;
  }
}
