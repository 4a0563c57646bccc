package io.streamkeep.localcloud.template;

import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** A table under its physical name, ready to be made. */
public record TableSpec(String id, CreateTableRequest request) {
  public boolean streams() {
    return request.streamSpecification() != null;
  }
}
