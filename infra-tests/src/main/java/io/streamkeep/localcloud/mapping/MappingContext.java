package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.ElasticMq;
import io.streamkeep.localcloud.template.PhysicalNames;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The parts of a local cloud that its mappings share. */
public record MappingContext(
    DynamoDbLocal database,
    ElasticMq queues,
    Permissions permissions,
    Checkpoints checkpoints,
    Supplier<Faults> faults,
    Consumer<String> log) {

  /** Throws a RoleException if the function's role does not allow the operation on the queue. */
  void useQueue(String function, String operation, String queue) {
    permissions.useAll(
        function,
        "The provided execution role does not have permissions to call " + operation + " on SQS",
        new Access("sqs:" + operation, PhysicalNames.queueArn(queue)));
  }
}
