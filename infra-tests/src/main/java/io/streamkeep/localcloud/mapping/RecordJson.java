package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Stream records in the shape in which Lambda gets them. */
public final class RecordJson {
  private RecordJson() {}

  public static JsonObject of(Record record, String streamArn) {
    StreamRecord change = record.dynamodb();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond())
            .add("Keys", Json.createObjectBuilder(attributes(change.keys())));
    if (change.hasNewImage()) {
      json.add("NewImage", Json.createObjectBuilder(attributes(change.newImage())));
    }
    return Json.createObjectBuilder()
        .add("eventID", record.eventID())
        .add("eventName", record.eventNameAsString())
        .add("eventVersion", record.eventVersion())
        .add("eventSource", "aws:dynamodb")
        .add("awsRegion", PhysicalNames.REGION)
        .add(
            "dynamodb",
            json.add("SequenceNumber", change.sequenceNumber())
                .add("SizeBytes", change.sizeBytes())
                .add("StreamViewType", change.streamViewTypeAsString()))
        .add("eventSourceARN", streamArn)
        .build();
  }

  static String sequenceNumber(JsonObject record) {
    return record.getJsonObject("dynamodb").getString("SequenceNumber");
  }

  static Instant created(JsonObject record) {
    return Instant.ofEpochSecond(
        record
            .getJsonObject("dynamodb")
            .getJsonNumber("ApproximateCreationDateTime")
            .longValueExact());
  }

  private static Map<String, Object> attributes(Map<String, AttributeValue> attributes) {
    return attributes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> attribute(entry.getValue())));
  }

  private static Map<String, Object> attribute(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case B -> Map.of("B", base64(value.b()));
      case BOOL -> Map.of("BOOL", value.bool());
      case NUL -> Map.of("NULL", true);
      case M -> Map.of("M", attributes(value.m()));
      case L -> Map.of("L", value.l().stream().map(RecordJson::attribute).toList());
      case SS -> Map.of("SS", value.ss());
      case NS -> Map.of("NS", value.ns());
      case BS -> Map.of("BS", value.bs().stream().map(RecordJson::base64).toList());
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("attribute " + value);
    };
  }

  static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
