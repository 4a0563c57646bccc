package io.streamkeep.localcloud.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.Template;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stream records of DynamoDB Local as functions get them. */
@Tag("slow")
final class RecordJsonTest {

  private static final String TABLE = "EventsTable";

  /** An item as it is in the record of its insertion. */
  private static JsonObject inserted(Map<String, AttributeValue> attributes) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("stream", fromS("foreign#1"));
    item.put("commit", fromN("1"));
    try (DynamoDbLocal database =
        new DynamoDbLocal(Optional.empty(), new Permissions(List.of()), (call, phase) -> {})) {
      Template.read(Path.of("..", "template.yaml"))
          .tables()
          .forEach(table -> database.table(table.request()));
      database.client().putItem(put -> put.tableName(PhysicalNames.physical(TABLE)).item(item));
      String stream = database.streamArn(TABLE);
      String shard = database.shards(stream).getFirst().shardId();
      String iterator = database.iterator(stream, shard, Optional.empty());
      return RecordJson.of(database.records(iterator, 1).records().getFirst(), stream)
          .getJsonObject("dynamodb")
          .getJsonObject("NewImage");
    }
  }

  /** A function can't read a value without a type, however often the mapping tries. */
  @Test
  void everyValueHasItsType() throws IOException {
    Map<String, AttributeValue> item =
        Map.of(
            "map", fromM(Map.of()),
            "list", fromL(List.of()),
            "deep", fromM(Map.of("list", fromL(List.of(fromM(Map.of()), fromBool(true))))),
            "set", fromSs(List.of("a")));

    assertThat(inserted(item))
        .isEqualTo(
            read(
                """
                {"stream": {"S": "foreign#1"}, "commit": {"N": "1"},
                 "map": {"M": {}}, "list": {"L": []},
                 "deep": {"M": {"list": {"L": [{"M": {}}, {"BOOL": true}]}}},
                 "set": {"SS": ["a"]}}
                """));
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
