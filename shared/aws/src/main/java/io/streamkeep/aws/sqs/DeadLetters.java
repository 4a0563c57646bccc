package io.streamkeep.aws.sqs;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What redelivery gave up on: pointers to what is parked, and what a stream's mapping gave up. */
public final class DeadLetters {

  private static final int MAX_AT_ONCE = 10;

  /** How long those that are looked at can't be seen, in seconds. */
  private static final int LOOK = 30;

  private final SqsClient client;
  private final String from;
  private final String to;

  /**
   * Of two queues, by their URLs.
   *
   * @param to where it is sent to
   */
  public DeadLetters(SqsClient client, String from, String to) {
    this.client = client;
    this.from = from;
    this.to = to;
  }

  /**
   * Sends some back, and takes them out.
   *
   * @param selected which pointers
   * @param sent which of them need not be sent any more
   * @param others whether what is no pointer too
   * @return how many were sent
   */
  public long redrive(
      Predicate<ParkedPosition> selected, Predicate<ParkedPosition> sent, boolean others) {
    long count = 0;
    Set<String> seen = new HashSet<>();
    List<Message> left = new ArrayList<>();
    List<Message> messages = receive();
    while (messages.stream().anyMatch(message -> seen.add(message.messageId()))) {
      for (Message message : messages) {
        Optional<ParkedPosition> pointer = pointer(message.body());
        if (pointer.map(selected::test).orElse(others)) {
          if (!pointer.map(sent::test).orElse(false)) {
            client.sendMessage(send -> send.queueUrl(to).messageBody(message.body()));
            count++;
          }
          client.deleteMessage(
              delete -> delete.queueUrl(from).receiptHandle(message.receiptHandle()));
        } else {
          left.add(message);
        }
      }
      messages = receive();
    }
    left.forEach(this::show);
    return count;
  }

  private void show(Message message) {
    client.changeMessageVisibility(
        change ->
            change.queueUrl(from).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            receive ->
                receive.queueUrl(from).maxNumberOfMessages(MAX_AT_ONCE).visibilityTimeout(LOOK))
        .messages();
  }

  private static Optional<ParkedPosition> pointer(String body) {
    try {
      return Optional.of(ParkedPositionJson.read(body));
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }
}
