package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.template.Names;


import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a function does with queues, in SQS's JSON protocol; the older query protocol is not known.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html">
 *     Actions and resources</a>
 */
final class SqsProtocol implements Protocol {

  @Override
  public List<Access> accesses(String operation, JsonObject request) {
    // there are no actions of their own for batches
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
      default -> List.of();
    };
  }

  /** SQS speaks of its actions in small letters, which are the same to IAM. */
  private static List<Access> access(String action, String queue) {
    return List.of(new Access("sqs:" + action.toLowerCase(Locale.ROOT), Names.arn("sqs", queue)));
  }

  @Override
  public int refusalStatus() {
    return 403;
  }

  /** The error's code in the query protocol, by which SDKs know it. */
  @Override
  public Map<String, String> refusalHeaders() {
    return Map.of("x-amzn-query-error", "AccessDenied;Sender");
  }
}
