package io.streamkeep.localcloud.template;

import jakarta.json.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** AWS::SQS::Queue. */
final class QueueReader {
  private QueueReader() {}

  static QueueSpec read(String id, Value queue) {
    queue.only(
        "queue",
        "FifoQueue",
        "SqsManagedSseEnabled",
        "VisibilityTimeout",
        "MessageRetentionPeriod",
        "RedrivePolicy");
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    if (isFifo(queue)) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    queue.find("SqsManagedSseEnabled").ifPresent(Value::flag);
    // ElasticMQ keeps messages for ever: anything shorter than the longest would not be kept to.
    queue.find("MessageRetentionPeriod").ifPresent(period -> period.oneOf("1209600"));
    queue
        .find("VisibilityTimeout")
        .map(timeout -> String.valueOf(timeout.number(0, 43_200)))
        .ifPresent(timeout -> attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, timeout));
    Optional<Value> redrive = queue.find("RedrivePolicy");
    redrive
        .map(QueueReader::redrive)
        .ifPresent(policy -> attributes.put(QueueAttributeName.REDRIVE_POLICY, policy));
    Optional<String> deadLetters = redrive.map(policy -> policy.need("deadLetterTargetArn").text());
    return new QueueSpec(id, attributes, deadLetters);
  }

  static boolean isFifo(Value queue) {
    return queue.find("FifoQueue").map(Value::flag).orElse(false);
  }

  private static String redrive(Value policy) {
    policy.only("redrive policy", "deadLetterTargetArn", "maxReceiveCount");
    return Json.createObjectBuilder()
        .add("deadLetterTargetArn", policy.need("deadLetterTargetArn").text())
        .add("maxReceiveCount", policy.need("maxReceiveCount").number(1, 1000))
        .build()
        .toString();
  }
}
