package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.template.Names;


import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
            .add("Keys", attributes(change.keys()));
    if (change.hasNewImage()) {
      json.add("NewImage", attributes(change.newImage()));
    }
    return Json.createObjectBuilder()
        .add("eventID", record.eventID())
        .add("eventName", record.eventNameAsString())
        .add("eventVersion", record.eventVersion())
        .add("eventSource", "aws:dynamodb")
        .add("awsRegion", Names.REGION)
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

  private static JsonObjectBuilder attributes(Map<String, AttributeValue> attributes) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    attributes.forEach((name, value) -> json.add(name, attribute(value)));
    return json;
  }

  private static JsonObjectBuilder attribute(AttributeValue value) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    return switch (value.type()) {
      case S -> json.add("S", value.s());
      case N -> json.add("N", value.n());
      case B -> json.add("B", base64(value.b()));
      case BOOL -> json.add("BOOL", value.bool());
      case NUL -> json.add("NULL", true);
      case M -> json.add("M", attributes(value.m()));
      case L -> {
        JsonArrayBuilder list = Json.createArrayBuilder();
        value.l().forEach(item -> list.add(attribute(item)));
        yield json.add("L", list);
      }
      case SS -> json.add("SS", array(value.ss()));
      case NS -> json.add("NS", array(value.ns()));
      case BS -> json.add("BS", array(value.bs().stream().map(RecordJson::base64).toList()));
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("attribute " + value);
    };
  }

  private static JsonArrayBuilder array(List<String> values) {
    return Json.createArrayBuilder(values);
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
