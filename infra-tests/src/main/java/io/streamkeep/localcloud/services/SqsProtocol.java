package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * SQS's operations on queues' messages, in its JSON protocol; the older query protocol is unknown.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html">
 *     Actions and resources</a>
 */
final class SqsProtocol implements Protocol {
  @Override
  public List<Access> accesses(String operation, JsonObject request) {
    // batches have no actions of their own
    String action = operation.replaceFirst("AmazonSQS\\.", "").replaceFirst("Batch$", "");
    return switch (action) {
      case "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "ChangeMessageVisibility",
          "GetQueueAttributes" -> {
        String url = request.getString("QueueUrl");
        yield access(action, url.substring(url.lastIndexOf('/') + 1));
      }
      case "GetQueueUrl" -> access(action, request.getString("QueueName"));
      case "StartMessageMoveTask" -> moveTask(request);
      default -> List.of();
    };
  }

  /** SQS moves messages with the caller's permissions. */
  private static List<Access> moveTask(JsonObject request) {
    String source = queue(request.getString("SourceArn"));
    String destination = queue(request.getString("DestinationArn"));
    return Stream.of(
            access("StartMessageMoveTask", source),
            access("ReceiveMessage", source),
            access("DeleteMessage", source),
            access("GetQueueAttributes", source),
            access("SendMessage", destination))
        .flatMap(List::stream)
        .toList();
  }

  private static String queue(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** SQS writes its actions in lower case in errors; IAM ignores the case. */
  private static List<Access> access(String action, String queue) {
    return List.of(
        new Access("sqs:" + action.toLowerCase(Locale.ROOT), PhysicalNames.arn("sqs", queue)));
  }

  @Override
  public int refusalStatus() {
    return 403;
  }

  /** The error's code in the query protocol, by which SDKs recognize it. */
  @Override
  public Map<String, String> refusalHeaders() {
    return Map.of("x-amzn-query-error", "AccessDenied;Sender");
  }
}
