package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.RoleException;
import io.streamkeep.localcloud.template.Names;


import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A queue as a mapping uses it, with the function's role.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">The
 *     permissions of a source</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">That of
 *     a destination</a>
 */
final class RoleQueue {
  private final SqsClient queues;
  private final Permissions permissions;
  private final String function;
  private final String arn;
  private final String url;

  private RoleQueue(SqsClient queues, Permissions permissions, String function, String queue) {
    this.queues = queues;
    this.permissions = permissions;
    this.function = function;
    this.arn = Names.queueArn(queue);
    this.url = queues.getQueueUrl(q -> q.queueName(Names.physical(queue))).queueUrl();
  }

  /** Throws a RoleException where Lambda would make no mapping. */
  static RoleQueue source(
      SqsClient queues, Permissions permissions, String function, String queue) {
    RoleQueue source = new RoleQueue(queues, permissions, function, queue);
    source.require("ReceiveMessage");
    source.require("DeleteMessage");
    source.require("GetQueueAttributes");
    // Lambda looks at a queue before it makes a mapping.
    source.use("GetQueueAttributes");
    return source;
  }

  /** Throws a RoleException where Lambda would make no mapping. */
  static RoleQueue destination(
      SqsClient queues, Permissions permissions, String function, String queue) {
    RoleQueue destination = new RoleQueue(queues, permissions, function, queue);
    destination.require("SendMessage");
    return destination;
  }

  private Access access(String operation) {
    return new Access("sqs:" + operation, arn);
  }

  private void require(String operation) {
    if (!permissions.allows(function, access(operation))) {
      throw new RoleException(
          function,
          "The provided execution role does not have permissions to call " + operation + " on SQS");
    }
  }

  private void use(String operation) {
    permissions.use(function, access(operation));
  }

  /** Waits for a second if there is none. */
  List<Message> receive(int limit) {
    use("ReceiveMessage");
    return queues
        .receiveMessage(
            r ->
                r.queueUrl(url)
                    .maxNumberOfMessages(limit)
                    .waitTimeSeconds(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  void delete(List<DeleteMessageBatchRequestEntry> entries) {
    use("DeleteMessage");
    queues.deleteMessageBatch(d -> d.queueUrl(url).entries(entries));
  }

  void send(String body) {
    use("SendMessage");
    queues.sendMessage(m -> m.queueUrl(url).messageBody(body));
  }
}
