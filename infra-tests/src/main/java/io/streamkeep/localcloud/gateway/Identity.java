package io.streamkeep.localcloud.gateway;

import io.streamkeep.localcloud.template.Names;


import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * Who sends a request. A signature need not be there and is not checked; with one, the sender is
 * the IAM user who is named as the access key is. As API Gateway does where AWS_IAM authorizes, the
 * signature is not passed on.
 */
final class Identity {
  private static final Pattern SIGNATURE =
      Pattern.compile("AWS4-HMAC-SHA256 Credential=([\\w+=,.@-]+)/.*");

  private static final List<String> UNKNOWN =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "user");

  private Identity() {}

  /** Whether the gateway keeps a header for itself. */
  static boolean isSignature(HttpField header) {
    return header.getName().equalsIgnoreCase("Authorization")
        && header.getValue() != null
        && SIGNATURE.matcher(header.getValue()).matches();
  }

  static JsonObjectBuilder of(Request request) {
    JsonObjectBuilder identity = Json.createObjectBuilder();
    UNKNOWN.forEach(name -> identity.add(name, JsonValue.NULL));
    String agent = request.getHeaders().get("User-Agent");
    identity
        .add("sourceIp", Request.getRemoteAddr(request))
        .add("userAgent", agent == null ? JsonValue.NULL : Json.createValue(agent));
    String authorization = request.getHeaders().get("Authorization");
    Matcher signature = SIGNATURE.matcher(authorization == null ? "" : authorization);
    if (signature.matches()) {
      String key = signature.group(1);
      identity
          .add("accountId", Names.ACCOUNT)
          .add("accessKey", key)
          .add("caller", key)
          .add("user", key)
          .add("userArn", "arn:aws:iam::" + Names.ACCOUNT + ":user/" + key);
    }
    return identity;
  }
}
