package io.streamkeep.localcloud;

import java.util.List;

/**
 * Answers to a batch by a function that is asked which items failed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     How AWS reads them</a>
 */
final class BatchAnswers {
  private BatchAnswers() {}

  /** Answers after which the whole batch is done. */
  static List<String> successes() {
    return List.of(
        "reply ",
        "reply null",
        "reply {}",
        "reply {\"batchItemFailures\":null}",
        "reply {\"batchItemFailures\":[]}");
  }

  /** Answers after which the whole batch is retried. */
  static List<String> failures() {
    return List.of(
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "reply {\"batchItemFailures\":[{\"item\":\"1\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"77\"}]}",
        "reply {\"batchItemFailures\":{}}",
        "reply no JSON",
        "throw any",
        "exit");
  }
}
