package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.template.Names;



/** The ARN of a table's stream, which has DynamoDB Local's own region and a label that it gives. */
public final class StreamArn {
  private static final String LOCAL = "arn:aws:dynamodb:ddblocal:";
  private static final String SHOWN = "arn:aws:dynamodb:" + Names.REGION + ":";

  private StreamArn() {}

  /** As functions see it. */
  public static String shown(String arn) {
    return arn.replace(LOCAL, SHOWN);
  }

  /** As DynamoDB Local knows it; of a whole request, with every ARN in it. */
  static String local(String request) {
    return request.replace(SHOWN, LOCAL);
  }

  /** As roles have it, from the ARN itself or a shard iterator, which begins with one. */
  static String granted(String arn) {
    return shown(arn).replaceFirst("/stream/.*", Names.STREAM);
  }
}
