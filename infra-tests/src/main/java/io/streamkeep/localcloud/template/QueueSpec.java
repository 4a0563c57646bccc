package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue.
 *
 * @param deadLetters the ARN of its dead-letter queue
 */
public record QueueSpec(
    String id, Map<QueueAttributeName, String> attributes, Optional<String> deadLetters) {
  /** Reads AWS::SQS::Queue. */
  static QueueSpec read(Resource queue) {
    JsonNode properties = queue.properties();
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    if (properties.path("FifoQueue").asBoolean()) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    if (properties.has("VisibilityTimeout")) {
      attributes.put(
          QueueAttributeName.VISIBILITY_TIMEOUT, properties.path("VisibilityTimeout").asText());
    }
    JsonNode redrive = properties.path("RedrivePolicy");
    if (!redrive.isMissingNode()) {
      attributes.put(QueueAttributeName.REDRIVE_POLICY, redrive.toString());
    }
    return new QueueSpec(
        queue.id(),
        attributes,
        Optional.ofNullable(redrive.path("deadLetterTargetArn").textValue()));
  }

  public String name() {
    return isFifo() ? PhysicalNames.fifo(id) : PhysicalNames.physical(id);
  }

  public String arn() {
    return PhysicalNames.arn("sqs", name());
  }

  public boolean isFifo() {
    return attributes.containsKey(QueueAttributeName.FIFO_QUEUE);
  }
}
