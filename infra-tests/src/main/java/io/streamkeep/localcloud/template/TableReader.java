package io.streamkeep.localcloud.template;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** AWS::DynamoDB::Table. */
final class TableReader {
  private TableReader() {}

  static TableSpec read(String id, Value table) {
    table.only(
        "table",
        "BillingMode",
        "DeletionProtectionEnabled",
        "AttributeDefinitions",
        "KeySchema",
        "GlobalSecondaryIndexes",
        "StreamSpecification",
        "PointInTimeRecoverySpecification",
        "SSESpecification");
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(Names.physical(id))
            .billingMode(BillingMode.fromValue(table.need("BillingMode").oneOf("PAY_PER_REQUEST")))
            .attributeDefinitions(attributes(table.need("AttributeDefinitions")))
            .keySchema(keys(table.need("KeySchema")));
    table
        .find("GlobalSecondaryIndexes")
        .map(indexes -> indexes.items().stream().map(TableReader::index).toList())
        .ifPresent(request::globalSecondaryIndexes);
    table
        .find("DeletionProtectionEnabled")
        .map(Value::flag)
        .ifPresent(request::deletionProtectionEnabled);
    table
        .find("StreamSpecification")
        .map(TableReader::stream)
        .ifPresent(request::streamSpecification);
    protection(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled");
    protection(table, "SSESpecification", "SSEEnabled");
    return new TableSpec(id, request.build());
  }

  /** Backups and encryption change nothing that a caller can see: known, and left alone. */
  private static void protection(Value table, String name, String flag) {
    table
        .find(name)
        .ifPresent(
            protection -> {
              protection.only(name, flag);
              protection.need(flag).flag();
            });
  }

  private static StreamSpecification stream(Value stream) {
    stream.only("stream", "StreamViewType");
    return StreamSpecification.builder()
        .streamEnabled(true)
        .streamViewType(stream.need("StreamViewType").oneOf("NEW_IMAGE"))
        .build();
  }

  private static List<AttributeDefinition> attributes(Value attributes) {
    return attributes.items().stream()
        .map(
            attribute -> {
              attribute.only("attribute", "AttributeName", "AttributeType");
              return AttributeDefinition.builder()
                  .attributeName(attribute.need("AttributeName").text())
                  .attributeType(attribute.need("AttributeType").oneOf("S", "N", "B"))
                  .build();
            })
        .toList();
  }

  private static List<KeySchemaElement> keys(Value keys) {
    return keys.items().stream()
        .map(
            key -> {
              key.only("key", "AttributeName", "KeyType");
              return KeySchemaElement.builder()
                  .attributeName(key.need("AttributeName").text())
                  .keyType(key.need("KeyType").oneOf("HASH", "RANGE"))
                  .build();
            })
        .toList();
  }

  private static GlobalSecondaryIndex index(Value index) {
    index.only("index", "IndexName", "KeySchema", "Projection");
    Value projection = index.need("Projection");
    projection.only("projection", "ProjectionType", "NonKeyAttributes");
    Projection.Builder projected =
        Projection.builder()
            .projectionType(projection.need("ProjectionType").oneOf("ALL", "KEYS_ONLY", "INCLUDE"));
    projection
        .find("NonKeyAttributes")
        .map(names -> names.items().stream().map(Value::text).toList())
        .ifPresent(projected::nonKeyAttributes);
    return GlobalSecondaryIndex.builder()
        .indexName(index.need("IndexName").text())
        .keySchema(keys(index.need("KeySchema")))
        .projection(projected.build())
        .build();
  }
}
