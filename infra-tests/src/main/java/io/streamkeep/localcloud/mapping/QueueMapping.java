package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.SourceSpec;


import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Brings a queue to a function; what the function does not do stays in the queue. */
public final class QueueMapping implements AutoCloseable {
  /** Batches at the same time; Lambda begins with five, which is much for one machine. */
  private static final int BATCHES = 2;

  private final RoleQueue queue;
  private final LambdaFunction function;
  private final SourceSpec.Queue source;
  private final Supplier<Faults> faults;
  private final Workers workers;

  public QueueMapping(
      SqsClient queues,
      Permissions permissions,
      LambdaFunction function,
      SourceSpec.Queue source,
      Supplier<Faults> faults,
      Consumer<String> log) {
    this.queue = RoleQueue.source(queues, permissions, function.spec().id(), source.queue());
    this.function = function;
    this.source = source;
    this.faults = faults;
    this.workers = new Workers(function.spec().id() + "." + source.name(), log);
    IntStream.range(0, BATCHES).forEach(i -> workers.start(this::poll));
  }

  private void poll() throws InterruptedException {
    while (!Thread.interrupted()) {
      List<Message> messages =
          faults.get().queueMessages(function.spec().id(), queue.receive(source.batchSize()));
      for (int from = 0; from < messages.size(); from += source.batchSize()) {
        deliver(messages.subList(from, Math.min(from + source.batchSize(), messages.size())));
      }
    }
  }

  private void deliver(List<Message> messages) throws InterruptedException {
    InvocationResult result = function.invoke(event(messages), TraceHeader.start());
    List<String> ids = messages.stream().map(Message::messageId).toList();
    switch (BatchOutcome.of(result, source.partial(), ids)) {
      case BatchOutcome.Succeeded all -> delete(messages, Set.of());
      case BatchOutcome.Partial partial -> delete(messages, partial.failed());
      case BatchOutcome.Failed none -> {}
    }
  }

  private void delete(List<Message> messages, Set<Integer> except) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .filter(place -> !except.contains(place))
            .mapToObj(
                place ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(place))
                        .receiptHandle(messages.get(place).receiptHandle())
                        .build())
            .toList();
    if (!entries.isEmpty()) {
      queue.delete(entries);
    }
  }

  private String event(List<Message> messages) {
    String arn = Names.queueArn(source.queue());
    JsonArrayBuilder records = Json.createArrayBuilder();
    messages.forEach(message -> records.add(MessageJson.of(message, arn)));
    return Json.createObjectBuilder().add("Records", records).build().toString();
  }

  @Override
  public void close() {
    workers.close();
  }
}
