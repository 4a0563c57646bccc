package io.streamkeep.localcloud.mapping;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A shard of a stream: the records in a part of DynamoDB Local's shard, by the hash of their
 * partition key.
 *
 * @param local the id of DynamoDB Local's shard
 * @param part 0 to parts - 1
 */
record StreamShard(String local, int part, int parts, Optional<StreamShard> parent) {

  /** The parts of a shard; each continues the part of the parent that had its keys. */
  static StreamShard of(String local, int part, int parts, Optional<String> parent, int before) {
    return new StreamShard(
        local,
        part,
        parts,
        parent.map(id -> new StreamShard(id, part * before / parts, before, Optional.empty())));
  }

  String id() {
    return parts == 1 ? local : "%s-%dof%d".formatted(local, part + 1, parts);
  }

  /** True for exactly one of the parts, the same for all records of a partition key. */
  boolean has(String partitionKey, Map<String, AttributeValue> keys) {
    // multiplied, since similar texts have similar hash codes
    int hash = String.valueOf(keys.get(partitionKey)).hashCode() * 0x9E3779B9;
    return (Integer.toUnsignedLong(hash) * parts) >>> Integer.SIZE == part;
  }
}
