package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.RoleException;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.StreamArn;
import io.streamkeep.localcloud.template.Names;


import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/** A table's stream as a mapping reads it, with the function's role. */
final class RoleStream {
  private final DynamoDbLocal database;
  private final Permissions permissions;
  private final String function;
  private final String localArn;
  private final Access describe;
  private final Access iterate;
  private final Access read;

  /**
   * Throws a RoleException where Lambda would make no mapping.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html">
   *     The permissions</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html">
   *     Their resources</a>
   */
  RoleStream(DynamoDbLocal database, Permissions permissions, String function, String table) {
    String arn = Names.streamArn(table);
    this.database = database;
    this.permissions = permissions;
    this.function = function;
    this.localArn = database.streamArn(table);
    this.describe = new Access("dynamodb:DescribeStream", arn);
    this.iterate = new Access("dynamodb:GetShardIterator", arn);
    this.read = new Access("dynamodb:GetRecords", arn);
    // Lambda asks for it, though it is told which stream to read.
    Access list = new Access("dynamodb:ListStreams", Names.tableArn(table) + "/stream/*");
    if (!Stream.of(read, iterate, describe, list)
        .allMatch(access -> permissions.allows(function, access))) {
      throw new RoleException(
          function,
          "Cannot access stream "
              + arn
              + ". Please ensure the role can perform the GetRecords, GetShardIterator,"
              + " DescribeStream, and ListStreams Actions on your stream in IAM.");
    }
    permissions.use(function, list);
  }

  String arn() {
    return StreamArn.shown(localArn);
  }

  /** Older ones first. */
  List<Shard> shards() {
    permissions.use(function, describe);
    return database.shards(localArn);
  }

  String iterator(GetShardIteratorRequest.Builder request) {
    permissions.use(function, iterate);
    return database.iterator(request.streamArn(localArn).build());
  }

  /** Something that happens to a stream, and that nobody has to be allowed. */
  void split() {
    database.splitShards();
  }

  GetRecordsResponse records(String iterator, int limit) {
    permissions.use(function, read);
    return database.records(iterator, limit);
  }
}
