package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.InvocationThrottledException;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.SourceSpec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Delivers the batches of one shard to the function, in order, until each is done or discarded. An
 * invocation that Lambda throttles is repeated and does not count as a retry.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html">
 *     Polling and batching</a>
 */
record BatchRunner(
    LambdaFunction function,
    SourceSpec.Stream source,
    String shard,
    String streamArn,
    Consumer<String> checkpoint,
    Consumer<DiscardedBatch> onFailure) {
  private static final Duration THROTTLED = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** A part of a batch; splitting it does not count as a retry. */
  private record Part(List<JsonObject> records, int retries, Optional<InvocationResult> last) {
    Part of(int from, int to) {
      return new Part(records.subList(from, to), retries, last);
    }
  }

  void run(List<JsonObject> batch) throws InterruptedException {
    Deque<Part> pending = new ArrayDeque<>();
    pending.push(new Part(batch, 0, Optional.empty()));
    while (!pending.isEmpty()) {
      Part part = discardExpired(pending.pop());
      if (!part.records().isEmpty()) {
        attempt(part, pending);
      }
    }
  }

  private void attempt(Part part, Deque<Part> pending) throws InterruptedException {
    List<JsonObject> records = part.records();
    int size = records.size();
    String event =
        Json.createObjectBuilder()
            .add("Records", Json.createArrayBuilder(records))
            .build()
            .toString();
    InvocationResult result;
    try {
      result = function.invoke(event, TraceHeader.start());
    } catch (InvocationThrottledException e) { // no attempt, as it did not reach the function
      Thread.sleep(THROTTLED.toMillis());
      pending.push(part);
      return;
    }
    Optional<List<Integer>> failures =
        ItemFailures.of(
            result, source.partial(), records.stream().map(RecordJson::sequenceNumber).toList());
    Part attempted = new Part(records, part.retries(), Optional.of(result));
    if (failures.isEmpty() && source.bisect() && size > 1) {
      pending.push(attempted.of(size / 2, size));
      pending.push(attempted.of(0, size / 2));
      return;
    }
    int done = failures.map(items -> items.isEmpty() ? size : items.getFirst()).orElse(0);
    if (done == 0) {
      retry(attempted, pending);
      return;
    }
    done(records.subList(0, done));
    if (done < size) { // the rest is another batch, with all its retries
      pending.push(new Part(records.subList(done, size), 0, Optional.of(result)));
    }
  }

  private void retry(Part part, Deque<Part> pending) throws InterruptedException {
    if (part.retries() == source.retries()) {
      discard(part, "RetryAttemptsExhausted", part.records());
      return;
    }
    long pause = FIRST_PAUSE.toMillis() << Math.min(part.retries(), 10);
    Thread.sleep(Math.min(pause, LONGEST_PAUSE.toMillis()));
    pending.push(new Part(part.records(), part.retries() + 1, part.last()));
  }

  private Part discardExpired(Part part) {
    if (source.maxAge() < 0) {
      return part;
    }
    Instant oldest = Instant.now().minusSeconds(source.maxAge());
    List<JsonObject> expired = new ArrayList<>(part.records());
    expired.removeIf(record -> !RecordJson.created(record).isBefore(oldest));
    if (expired.isEmpty()) {
      return part;
    }
    discard(part, "RecordAgeExceeded", expired);
    List<JsonObject> rest = new ArrayList<>(part.records());
    rest.removeAll(expired);
    return new Part(rest, part.retries(), part.last());
  }

  private void discard(Part part, String condition, List<JsonObject> records) {
    int invocations = part.last().isPresent() ? part.retries() + 1 : 0;
    onFailure.accept(
        new DiscardedBatch(
            function.spec(), condition, invocations, part.last(), shard, streamArn, records));
    done(records);
  }

  private void done(List<JsonObject> records) {
    checkpoint.accept(RecordJson.sequenceNumber(records.getLast()));
  }
}
