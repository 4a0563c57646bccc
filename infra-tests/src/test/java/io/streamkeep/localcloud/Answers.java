package io.streamkeep.localcloud;

import java.util.List;

/**
 * What a function may answer to a batch when it is asked which items failed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     How AWS takes it</a>
 */
final class Answers {
  private Answers() {}

  /** All of the batch is done. */
  static List<String> successes() {
    return List.of(
        "reply ",
        "reply null",
        "reply {}",
        "reply {\"batchItemFailures\":null}",
        "reply {\"batchItemFailures\":[]}");
  }

  /** None of the batch is done. */
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
