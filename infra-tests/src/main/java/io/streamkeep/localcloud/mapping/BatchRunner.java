package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.SourceSpec;


import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the batches of one shard to the function, in order, until each is done or given up. */
final class BatchRunner {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final LambdaFunction function;
  private final SourceSpec.Stream source;
  private final String shard;
  private final String streamArn;
  private final Consumer<String> checkpoint;
  private final Consumer<GivenUp> onFailure;

  BatchRunner(
      LambdaFunction function,
      SourceSpec.Stream source,
      String shard,
      String streamArn,
      Consumer<String> checkpoint,
      Consumer<GivenUp> onFailure) {
    this.function = function;
    this.source = source;
    this.shard = shard;
    this.streamArn = streamArn;
    this.checkpoint = checkpoint;
    this.onFailure = onFailure;
  }

  /** Part of a batch; a split does not count as a retry. */
  private record Part(List<JsonObject> records, int retries, Optional<InvocationResult> last) {
    Part of(int from, int to) {
      return new Part(records.subList(from, to), retries, last);
    }
  }

  void run(List<JsonObject> batch) throws InterruptedException {
    Deque<Part> todo = new ArrayDeque<>();
    todo.push(new Part(batch, 0, Optional.empty()));
    while (!todo.isEmpty()) {
      Part part = withoutExpired(todo.pop());
      if (!part.records().isEmpty()) {
        attempt(part, todo);
      }
    }
  }

  private void attempt(Part part, Deque<Part> todo) throws InterruptedException {
    List<JsonObject> records = part.records();
    InvocationResult result = function.invoke(event(records), TraceHeader.start());
    BatchOutcome outcome =
        BatchOutcome.of(
            result, source.partial(), records.stream().map(RecordJson::sequenceNumber).toList());
    Part tried = new Part(records, part.retries(), Optional.of(result));
    switch (outcome) {
      case BatchOutcome.Succeeded done -> done(records);
      case BatchOutcome.Partial partial -> {
        int first = partial.failed().stream().min(Integer::compare).orElseThrow();
        if (first == 0) {
          again(tried, todo);
        } else {
          done(records.subList(0, first));
          // from here on it is another batch, with all its retries
          todo.push(new Part(records.subList(first, records.size()), 0, Optional.of(result)));
        }
      }
      case BatchOutcome.Failed failed -> {
        if (source.bisect() && records.size() > 1) {
          todo.push(tried.of(records.size() / 2, records.size()));
          todo.push(tried.of(0, records.size() / 2));
        } else {
          again(tried, todo);
        }
      }
    }
  }

  private void again(Part part, Deque<Part> todo) throws InterruptedException {
    if (part.retries() == source.retries()) {
      giveUp(part, "RetryAttemptsExhausted", part.records());
      return;
    }
    long pause = FIRST_PAUSE.toMillis() << Math.min(part.retries(), 10);
    Thread.sleep(Math.min(pause, LONGEST_PAUSE.toMillis()));
    todo.push(new Part(part.records(), part.retries() + 1, part.last()));
  }

  private Part withoutExpired(Part part) {
    if (source.maxAge() < 0) {
      return part;
    }
    Instant oldest = Instant.now().minusSeconds(source.maxAge());
    List<JsonObject> expired =
        part.records().stream()
            .filter(record -> RecordJson.created(record).isBefore(oldest))
            .toList();
    if (expired.isEmpty()) {
      return part;
    }
    giveUp(part, "RecordAgeExceeded", expired);
    return new Part(
        part.records().stream().filter(record -> !expired.contains(record)).toList(),
        part.retries(),
        part.last());
  }

  private void giveUp(Part part, String condition, List<JsonObject> records) {
    int invocations = part.last().isPresent() ? part.retries() + 1 : 0;
    onFailure.accept(
        new GivenUp(
            function.spec(), condition, invocations, part.last(), shard, streamArn, records));
    done(records);
  }

  private void done(List<JsonObject> records) {
    checkpoint.accept(RecordJson.sequenceNumber(records.getLast()));
  }

  private static String event(List<JsonObject> records) {
    return Json.createObjectBuilder()
        .add("Records", Json.createArrayBuilder(records))
        .build()
        .toString();
  }
}
