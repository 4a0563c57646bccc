package io.streamkeep.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Publisher;
import jakarta.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Publishes events of some types as CloudEvents on an SQS FIFO queue: the group is the stream, so
 * that its events come in order, and the deduplication id is the event's, so that SQS drops most of
 * what is published twice, for five minutes. One SendMessage an event: of a batch some could be
 * refused and later ones taken.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
 *     SendMessage</a>
 */
public final class SqsPublisher implements Publisher<SqsPublisher.Message> {

  /** The stored name of who publishes with it. */
  public static final String NAME = "outbound";

  /** What SQS takes as one message, with all that belongs to it. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final Pattern FIFO_ID = Pattern.compile("[!-~]{1,128}");

  private final SqsClient client;
  private final String queueUrl;
  private final Set<String> types;

  /**
   * Makes a publisher.
   *
   * @param types of the events that are published, such as {@code order.placed}
   */
  public SqsPublisher(SqsClient client, String queueUrl, Set<String> types) {
    this.client = client;
    this.queueUrl = queueUrl;
    this.types = Set.copyOf(types);
  }

  /** Settings: {@code OUTBOUND_QUEUE} (URL), {@code OUTBOUND_TYPES} (with commas between them). */
  public static SqsPublisher fromSettings(SqsClient client) {
    return new SqsPublisher(
        client,
        Environment.required("OUTBOUND_QUEUE"),
        Set.of(Environment.required("OUTBOUND_TYPES").split(",")));
  }

  /** An event on its way. */
  public record Message(String id, String body) {}

  @Override
  public List<Message> messages(Commit commit) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < commit.events().size(); i++) {
      if (types.contains(commit.events().get(i).type())) {
        messages.add(message(commit, i));
      }
    }
    return messages;
  }

  private static Message message(Commit commit, int index) {
    String body;
    try {
      body = CloudEvents.event(commit, index).toString();
    } catch (JsonException e) {
      throw new UnreadableException("An event that is no JSON");
    }
    if (body.getBytes(UTF_8).length > MOST_BYTES) {
      throw new UnreadableException("An event that is too large for a queue");
    }
    String id = commit.stream() + "/" + commit.number() + "/" + (index + 1);
    return new Message(fifo(id), body);
  }

  @Override
  public void publish(StreamId stream, List<Message> messages) {
    for (Message message : messages) {
      client.sendMessage(
          send ->
              send.queueUrl(queueUrl)
                  .messageGroupId(fifo(stream.toString()))
                  .messageDeduplicationId(message.id())
                  .messageBody(message.body()));
    }
  }

  /** The text as SQS takes it for a group or an id; for what it does not take, a UUID of it. */
  private static String fifo(String text) {
    return FIFO_ID.matcher(text).matches()
        ? text
        : UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }
}
