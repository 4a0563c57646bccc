package io.streamkeep.localcloud.faults;

import java.util.Set;

/**
 * A call at the endpoint of DynamoDB or SQS, or of a mapping that reads a function's queue.
 *
 * @param function the logical id of the function that calls, or "" for any other caller
 * @param environment the id of the function's environment, which is its session token, or ""
 * @param operation such as DynamoDB.PutItem or AmazonSQS.SendMessage
 * @param resources the logical ids of the tables and queues that a function uses; unknown for any
 *     other caller
 */
public record ServiceCall(
    String function, String environment, String operation, Set<String> resources) {

  /** The operation without its service, such as PutItem. */
  String action() {
    return operation.substring(operation.indexOf('.') + 1);
  }
}
