package io.streamkeep.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Publisher;
import jakarta.json.JsonException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Publishes events of some types as CloudEvents on an SQS FIFO queue. The message group is the
 * stream, which keeps its events in order; the deduplication id is the event's, so SQS drops what
 * is published twice within five minutes. Each event is one SendMessage: from a batch, SQS could
 * refuse an event and accept a later one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
 *     SendMessage</a>
 */
public final class SqsPublisher implements Publisher {

  /** The stored name of the subscriber that publishes with it. */
  public static final String NAME = "outbound";

  /** Maximum of a message, attributes included. */
  private static final int MAX_BYTES = 256 * 1024;

  /** Error codes for a message that SQS will never accept. */
  private static final Set<String> REFUSALS =
      Set.of("InvalidMessageContents", "InvalidParameterValue");

  private static final Pattern FIFO_ID = Pattern.compile("[!-~]{1,128}");

  private final SqsClient client;
  private final String queueUrl;
  private final Set<String> types;

  /**
   * Publishes on a queue.
   *
   * @param types the types of the events to publish, such as {@code order.placed}
   */
  public SqsPublisher(SqsClient client, String queueUrl, Set<String> types) {
    this.client = client;
    this.queueUrl = queueUrl;
    this.types = Set.copyOf(types);
  }

  @Override
  public void publish(Commit commit) {
    for (int i = 0; i < commit.events().size(); i++) {
      if (types.contains(commit.events().get(i).type())) {
        send(commit, i);
      }
    }
  }

  private void send(Commit commit, int index) {
    String stream = commit.stream().toString();
    String id = stream + "/" + commit.number() + "/" + (index + 1);
    String body = body(commit, index);
    try {
      client.sendMessage(
          send ->
              send.queueUrl(queueUrl)
                  .messageGroupId(fifo(stream))
                  .messageDeduplicationId(fifo(id))
                  .messageBody(body));
    } catch (SqsException e) {
      AwsErrorDetails details = e.awsErrorDetails(); // null if SQS did not answer
      throw details != null && REFUSALS.contains(details.errorCode())
          ? new UnreadableException("An event that SQS refuses: " + details.errorCode())
          : e;
    }
  }

  private static String body(Commit commit, int index) {
    try {
      String body = CloudEvents.event(commit, index).toString();
      if (body.getBytes(UTF_8).length <= MAX_BYTES) {
        return body;
      }
    } catch (JsonException e) {
      throw new UnreadableException("An event that is not JSON");
    }
    throw new UnreadableException("An event that is too large for a queue");
  }

  /** The text if SQS accepts it as a group or deduplication id, otherwise a UUID of it. */
  private static String fifo(String text) {
    return FIFO_ID.matcher(text).matches()
        ? text
        : UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }
}
