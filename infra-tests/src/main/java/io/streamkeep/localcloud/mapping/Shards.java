package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.services.DynamoDbLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * The shards of all streams. DynamoDB Local has one open shard of each stream, which is divided
 * here, so that each partition key is in one of several open shards. The number of parts belongs to
 * DynamoDB Local's shard, and is kept with the checkpoints.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Shards
 *     of DynamoDB Streams</a>
 */
final class Shards {
  /** The largest number of open shards of a stream; a split makes no more. */
  static final int MAX = 8;

  private static final String NAME = "shards";

  private final DynamoDbLocal database;
  private final Checkpoints checkpoints;
  private int open;

  /**
   * The shards in a database.
   *
   * @param open the number of open shards that a stream starts with
   */
  Shards(DynamoDbLocal database, Checkpoints checkpoints, int open) {
    this.database = database;
    this.checkpoints = checkpoints;
    this.open = open;
  }

  /** The shards of a stream, older ones first. */
  synchronized List<StreamShard> of(String streamArn) {
    List<Shard> locals = database.shards(streamArn);
    List<String> known = locals.stream().map(Shard::shardId).toList();
    List<StreamShard> shards = new ArrayList<>();
    for (Shard local : locals) {
      int parts = parts(local.shardId());
      Optional<String> parent = Optional.ofNullable(local.parentShardId()).filter(known::contains);
      int before = parent.map(this::parts).orElse(parts);
      for (int part = 0; part < parts; part++) {
        shards.add(StreamShard.of(local.shardId(), part, parts, parent, before));
      }
    }
    return shards;
  }

  private int parts(String local) {
    Optional<Integer> stored = checkpoints.get(NAME, local).map(Integer::valueOf);
    if (stored.isEmpty()) {
      checkpoints.put(NAME, local, String.valueOf(open));
    }
    int parts = stored.orElse(open);
    open = Math.max(open, parts);
    return parts;
  }

  /** Closes every open shard; each continues in two, unless that would be too many. */
  synchronized void split() {
    open = Math.min(MAX, 2 * open);
    database.rollOverShards();
  }

  /** Closes every open shard; each continues in one, as when it has reached its age. */
  synchronized void rollOver() {
    database.rollOverShards();
  }
}
