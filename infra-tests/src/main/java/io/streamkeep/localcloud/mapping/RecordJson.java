package io.streamkeep.localcloud.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/** Converts stream records to the JSON that Lambda passes to functions. */
public final class RecordJson {
  private static final DynamoDbObjectMapper MAPPER = new DynamoDbObjectMapper();
  private static final String CREATED = "ApproximateCreationDateTime";

  private RecordJson() {}

  public static JsonObject of(Record record, String streamArn) {
    JsonObject json = write(record);
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
