package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** A table and the request that creates it under its physical name. */
public record TableSpec(String id, CreateTableRequest request) {
  private static final ObjectMapper REQUESTS =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // those that are ignored
          .build();

  /** Reads AWS::DynamoDB::Table, whose simulated properties are CreateTable's parameters. */
  static TableSpec read(Resource table) {
    ObjectNode request = table.properties().deepCopy();
    request.put("TableName", PhysicalNames.physical(table.id()));
    if (request.path("StreamSpecification") instanceof ObjectNode stream) {
      stream.put("StreamEnabled", true);
    }
    return new TableSpec(
        table.id(),
        REQUESTS.convertValue(request, CreateTableRequest.serializableBuilderClass()).build());
  }

  public boolean streams() {
    return request.streamSpecification() != null;
  }
}
