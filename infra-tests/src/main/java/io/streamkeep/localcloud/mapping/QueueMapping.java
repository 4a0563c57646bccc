package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.InvocationThrottledException;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.TraceHeader;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Delivers a queue's messages to a function; failed messages stay in the queue. While Lambda
 * throttles the function, the mapping repeats the invocation until the messages are visible again.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">
 *     Backoff strategy for failed invocations</a>
 */
record QueueMapping(Mappings mappings, LambdaFunction function, SourceSpec.Queue source) {
  /**
   * The number of concurrent batches; {@code MaximumConcurrency} is never lower. Lambda starts with
   * five, which is a lot for one machine.
   */
  private static final int BATCHES = 2;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * Starts the mapping.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Its
   *     permissions</a>
   */
  void start() {
    String id = function.spec().id();
    for (String operation : List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")) {
      mappings.useQueue(id, operation, source.queue());
    }
    Duration visible = mappings.queues.visibility(PhysicalNames.physical(source.queue()));
    IntStream.range(0, BATCHES)
        .forEach(i -> mappings.run(id + "." + source.name(), () -> poll(visible)));
  }

  private String url() {
    return mappings.queues.url(PhysicalNames.physical(source.queue()));
  }

  private void poll(Duration visible) throws InterruptedException {
    while (!Thread.interrupted()) {
      mappings.queueBatches.readLock().lockInterruptibly();
      try {
        receiveAndDeliver(Instant.now().plus(visible));
      } finally {
        mappings.queueBatches.readLock().unlock();
      }
    }
  }

  private void receiveAndDeliver(Instant end) throws InterruptedException {
    List<Message> messages = mappings.faults.get().queueMessages(function.spec().id(), receive());
    for (int from = 0; from < messages.size(); from += source.batchSize()) {
      deliver(messages.subList(from, Math.min(from + source.batchSize(), messages.size())), end);
    }
  }

  private List<Message> receive() throws InterruptedException {
    if (fails("ReceiveMessage")) {
      Thread.sleep(PAUSE.toMillis());
      return List.of();
    }
    return mappings
        .queues
        .client()
        .receiveMessage(
            r ->
                r.queueUrl(url())
                    .maxNumberOfMessages(source.batchSize())
                    .waitTimeSeconds(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  /** True if a fault hits a call that Lambda makes in the function's role. */
  private boolean fails(String action) {
    try {
      mappings
          .faults
          .get()
          .call(
              new ServiceCall(
                  function.spec().id(), "", "AmazonSQS." + action, Set.of(source.queue())),
              Faults.Phase.BEFORE);
      return false;
    } catch (CallFaultException e) {
      return true;
    }
  }

  private void deliver(List<Message> messages, Instant end) throws InterruptedException {
    String event =
        Json.createObjectBuilder(Map.of("Records", messages.stream().map(this::record).toList()))
            .build()
            .toString();
    Optional<InvocationResult> result = invoke(event, end);
    List<String> ids = messages.stream().map(Message::messageId).toList();
    result
        .flatMap(answer -> ItemFailures.of(answer, source.partial(), ids))
        .ifPresent(failed -> deleteExcept(failed, messages));
  }

  /** Empty if Lambda throttles the function until the end. */
  private Optional<InvocationResult> invoke(String event, Instant end) throws InterruptedException {
    while (true) {
      try {
        return Optional.of(function.invoke(event, TraceHeader.start()));
      } catch (InvocationThrottledException e) {
        Thread.sleep(PAUSE.toMillis());
        if (!Instant.now().isBefore(end)) {
          return Optional.empty();
        }
      }
    }
  }

  private void deleteExcept(List<Integer> failed, List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> done =
        IntStream.range(0, messages.size())
            .filter(place -> !failed.contains(place))
            .mapToObj(
                place ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(place))
                        .receiptHandle(messages.get(place).receiptHandle())
                        .build())
            .toList();
    if (!done.isEmpty() && !fails("DeleteMessageBatch")) {
      mappings.queues.client().deleteMessageBatch(d -> d.queueUrl(url()).entries(done));
    }
  }

  private Map<String, Object> record(Message message) {
    return Map.of(
        "messageId", message.messageId(),
        "receiptHandle", message.receiptHandle(),
        "body", message.body(),
        "attributes", message.attributesAsStrings(),
        "messageAttributes", attributes(message),
        "md5OfBody", message.md5OfBody(),
        "eventSource", "aws:sqs",
        "eventSourceARN", PhysicalNames.queueArn(source.queue()),
        "awsRegion", PhysicalNames.REGION);
  }

  private static Map<String, Object> attributes(Message message) {
    return message.messageAttributes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> attribute(entry.getValue())));
  }

  private static Map<String, Object> attribute(MessageAttributeValue value) {
    boolean text = value.binaryValue() == null;
    return Map.of(
        "stringListValues",
        List.of(),
        "binaryListValues",
        List.of(),
        "dataType",
        value.dataType(),
        text ? "stringValue" : "binaryValue",
        text
            ? value.stringValue()
            : Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
  }
}
