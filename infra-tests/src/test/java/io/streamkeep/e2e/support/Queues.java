package io.streamkeep.e2e.support;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.sqs.VisibilityBackoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The template's queues, as an operator uses them. */
public record Queues(Backend backend) {

  public void send(String queue, String body) {
    backend.sqs().sendMessage(s -> s.queueUrl(backend.queueUrl(queue)).messageBody(body));
  }

  /** The bodies of up to ten messages, which stay in the queue. */
  public List<String> peek(String queue) {
    return backend
        .sqs()
        .receiveMessage(
            r -> r.queueUrl(backend.queueUrl(queue)).maxNumberOfMessages(10).visibilityTimeout(0))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  /** Deletes all messages, including those in flight. */
  public void purge(String queue) {
    backend.sqs().purgeQueue(p -> p.queueUrl(backend.queueUrl(queue)));
  }

  public void move(String from, String to) {
    backend.sqs().startMessageMoveTask(m -> m.sourceArn(arn(from)).destinationArn(arn(to)));
  }

  /** Waits until each parked position is applied or given up, skipping the delays of retries. */
  public void awaitRedelivery() {
    advanceUntil(() -> messages("RedeliveryQueue") == 0);
  }

  /** Waits as {@link #awaitRedelivery} does until some positions are given up; returns them all. */
  public List<String> awaitDeadLetters(int count) {
    advanceUntil(() -> messages("DeadLetterQueue") >= count);
    return await().until(() -> peek("DeadLetterQueue"), bodies -> bodies.size() >= count);
  }

  private void advanceUntil(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              boolean done = condition.getAsBoolean();
              if (!done) {
                backend.advanceQueues(VisibilityBackoff.MAX);
              }
              return done;
            });
  }

  /** Number of messages in a queue, including those in flight and those not due yet. */
  public int messages(String queue) {
    return Stream.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)
        .map(attributes(queue)::get)
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** The number of receives after which a message becomes a dead letter. */
  public int maxReceives(String queue) {
    String policy = requireNonNull(attributes(queue).get(QueueAttributeName.REDRIVE_POLICY));
    return Integer.parseInt(policy.replaceAll(".*\"maxReceiveCount\"\\s*:\\s*\"?(\\d+).*", "$1"));
  }

  private String arn(String queue) {
    return requireNonNull(attributes(queue).get(QueueAttributeName.QUEUE_ARN));
  }

  /** All of them in one request, since a message may change from one count to another meanwhile. */
  private Map<QueueAttributeName, String> attributes(String queue) {
    return backend
        .sqs()
        .getQueueAttributes(
            g -> g.queueUrl(backend.queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }
}
