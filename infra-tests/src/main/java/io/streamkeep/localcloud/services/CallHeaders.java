package io.streamkeep.localcloud.services;

import org.eclipse.jetty.server.Request;

/** What the headers of a call in AWS's JSON protocol say. */
final class CallHeaders {
  private CallHeaders() {}

  /** From "AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/dynamodb/aws4_request, …". */
  static String accessKey(Request request) {
    String authorization = request.getHeaders().get("Authorization");
    String[] parts = authorization == null ? new String[0] : authorization.split("[=/]", 3);
    return parts.length < 2 ? "" : parts[1];
  }

  /** "" if it was made without one. */
  static String sessionToken(Request request) {
    String token = request.getHeaders().get("X-Amz-Security-Token");
    return token == null ? "" : token;
  }

  /** Such as DynamoDB.PutItem, from "DynamoDB_20120810.PutItem". */
  static String operation(Request request) {
    String target = request.getHeaders().get("X-Amz-Target");
    return target == null ? "" : target.replaceFirst("_[0-9]+\\.", ".");
  }
}
