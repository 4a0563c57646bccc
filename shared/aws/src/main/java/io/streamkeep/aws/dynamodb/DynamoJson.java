package io.streamkeep.aws.dynamodb;

import static java.util.stream.Collectors.toMap;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in DynamoDB's JSON, {@code {"name": {"S": "…"}}}, as stream records have them. */
public final class DynamoJson {

  private DynamoJson() {}

  public static Map<String, AttributeValue> item(JsonObject json) {
    return json.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> value(entry.getValue().asJsonObject())));
  }

  /** A value of a type that commits consist of; others are read as absent. */
  private static AttributeValue value(JsonObject typed) {
    Map.Entry<String, JsonValue> only = typed.entrySet().iterator().next();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(((JsonString) only.getValue()).getString());
      case "N" -> AttributeValue.fromN(((JsonString) only.getValue()).getString());
      case "B" -> AttributeValue.fromB(bytes((JsonString) only.getValue()));
      case "M" -> AttributeValue.fromM(item((JsonObject) only.getValue()));
      case "L" ->
          AttributeValue.fromL(
              ((JsonArray) only.getValue())
                  .stream().map(each -> value(each.asJsonObject())).toList());
      default -> AttributeValue.builder().build();
    };
  }

  private static SdkBytes bytes(JsonString base64) {
    return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64.getString()));
  }
}
