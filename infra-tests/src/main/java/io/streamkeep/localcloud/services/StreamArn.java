package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.template.PhysicalNames;

/** The ARN of a table's stream, which in DynamoDB Local has a different region and label. */
public final class StreamArn {
  private static final String LOCAL = "arn:aws:dynamodb:ddblocal:";
  private static final String SHOWN = "arn:aws:dynamodb:" + PhysicalNames.REGION + ":";

  private StreamArn() {}

  /** The ARN that functions see. */
  public static String shown(String arn) {
    return arn.replace(LOCAL, SHOWN);
  }

  /** A request with the ARNs that DynamoDB Local has. */
  static String local(String request) {
    return request.replace(SHOWN, LOCAL);
  }

  /** The ARN in roles, of an ARN or of a shard iterator, which begins with one. */
  static String granted(String arn) {
    return shown(arn).replaceFirst("/stream/.*", PhysicalNames.STREAM);
  }
}
