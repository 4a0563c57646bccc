package io.streamkeep.localcloud.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/** Converts stream records to the JSON that Lambda passes to functions. */
public final class RecordJson {
  private static final DynamoDbObjectMapper MAPPER = new DynamoDbObjectMapper();
  private static final String CREATED = "ApproximateCreationDateTime";

  private RecordJson() {}

  public static JsonObject of(Record record, String streamArn) {
    JsonObject json = write(record.toBuilder().dynamodb(typed(record.dynamodb())).build());
    long created = record.dynamodb().approximateCreationDateTime().getEpochSecond();
    return Json.createObjectBuilder(json)
        .add("eventSource", "aws:dynamodb")
        .add("awsRegion", PhysicalNames.REGION)
        .add(
            "dynamodb",
            Json.createObjectBuilder(json.getJsonObject("dynamodb")).add(CREATED, created))
        .add("eventSourceARN", streamArn)
        .build();
  }

  private static StreamRecord typed(StreamRecord change) {
    StreamRecord.Builder typed = change.toBuilder();
    if (change.hasNewImage()) {
      typed.newImage(typed(change.newImage()));
    }
    if (change.hasOldImage()) {
      typed.oldImage(typed(change.oldImage()));
    }
    return typed.build();
  }

  private static Map<String, AttributeValue> typed(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> typed(each.getValue())));
  }

  /** Restores the type of an empty map, which DynamoDB Local's records lack. */
  private static AttributeValue typed(AttributeValue value) {
    return switch (value.type()) {
      case M -> AttributeValue.fromM(typed(value.m()));
      case L -> AttributeValue.fromL(value.l().stream().map(RecordJson::typed).toList());
      case UNKNOWN_TO_SDK_VERSION -> AttributeValue.fromM(Map.of());
      default -> value;
    };
  }

  private static JsonObject write(Record record) {
    try (JsonReader reader =
        Json.createReader(new StringReader(MAPPER.writeValueAsString(record)))) {
      return reader.readObject();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sequenceNumber(JsonObject record) {
    return record.getJsonObject("dynamodb").getString("SequenceNumber");
  }

  static Instant created(JsonObject record) {
    return Instant.ofEpochSecond(
        record.getJsonObject("dynamodb").getJsonNumber(CREATED).longValueExact());
  }
}
