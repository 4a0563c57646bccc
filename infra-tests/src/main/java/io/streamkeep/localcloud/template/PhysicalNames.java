package io.streamkeep.localcloud.template;

/** The local cloud's account, region and physical names. */
public final class PhysicalNames {
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "000000000000";

  /** The end of a stream's ARN, which can't be DynamoDB Local's label: that is known only later. */
  public static final String STREAM = "/stream/1970-01-01T00:00:00.000";

  static final String STACK = "streamkeep";

  private PhysicalNames() {}

  /** The same on every start, so that stored data is found again. */
  public static String physical(String logicalId) {
    return STACK + "-" + logicalId;
  }

  /** The name of a FIFO queue, which SQS recognizes by its suffix. */
  static String fifo(String logicalId) {
    return physical(logicalId) + ".fifo";
  }

  public static String functionArn(String logicalId) {
    return arn("lambda", "function:" + physical(logicalId));
  }

  public static String queueArn(String logicalId) {
    return arn("sqs", physical(logicalId));
  }

  public static String roleArn(String logicalId) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + physical(logicalId);
  }

  /** The ARN of a function's session in its role; both names are physical. */
  public static String sessionArn(String role, String function) {
    return "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/" + function;
  }

  public static String logStreamArn(String group, String stream) {
    return arn("logs", "log-group:" + group + ":log-stream:" + stream);
  }

  public static String tableArn(String logicalId) {
    return arn("dynamodb", "table/" + physical(logicalId));
  }

  /**
   * The logical id of the table in the ARN of a table, index or stream, or of the queue in its ARN.
   */
  public static String logicalId(String arn) {
    return arn.replaceFirst(".*?[:/]" + STACK + "-", "").replaceFirst("[/.].*", "");
  }

  public static String streamArn(String logicalId) {
    return tableArn(logicalId) + STREAM;
  }

  public static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }
}
