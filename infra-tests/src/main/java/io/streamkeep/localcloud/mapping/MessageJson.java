package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.template.Names;


import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Base64;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Queue messages in the shape in which Lambda gets them. */
final class MessageJson {
  private MessageJson() {}

  static JsonObjectBuilder of(Message message, String queueArn) {
    JsonObjectBuilder attributes = Json.createObjectBuilder();
    message.attributesAsStrings().forEach(attributes::add);
    JsonObjectBuilder messageAttributes = Json.createObjectBuilder();
    message
        .messageAttributes()
        .forEach((name, value) -> messageAttributes.add(name, attribute(value)));
    return Json.createObjectBuilder()
        .add("messageId", message.messageId())
        .add("receiptHandle", message.receiptHandle())
        .add("body", message.body())
        .add("attributes", attributes)
        .add("messageAttributes", messageAttributes)
        .add("md5OfBody", message.md5OfBody())
        .add("eventSource", "aws:sqs")
        .add("eventSourceARN", queueArn)
        .add("awsRegion", Names.REGION);
  }

  private static JsonObjectBuilder attribute(MessageAttributeValue value) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("stringListValues", JsonValue.EMPTY_JSON_ARRAY)
            .add("binaryListValues", JsonValue.EMPTY_JSON_ARRAY)
            .add("dataType", value.dataType());
    return value.binaryValue() == null
        ? json.add("stringValue", value.stringValue())
        : json.add(
            "binaryValue",
            Base64.getEncoder().encodeToString(value.binaryValue().asByteArrayUnsafe()));
  }
}
