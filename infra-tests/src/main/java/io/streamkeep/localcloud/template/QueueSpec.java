package io.streamkeep.localcloud.template;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue.
 *
 * @param deadLetters the ARN of the queue to which messages go that were received too often
 */
public record QueueSpec(
    String id, Map<QueueAttributeName, String> attributes, Optional<String> deadLetters) {
  public String name() {
    return isFifo() ? Names.fifo(id) : Names.physical(id);
  }

  public boolean isFifo() {
    return attributes.containsKey(QueueAttributeName.FIFO_QUEUE);
  }
}
