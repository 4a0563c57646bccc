package io.streamkeep.localcloud.iam;

/** The key that a function calls with, by which the endpoints tell who calls. */
public final class AccessKey {
  private static final String PREFIX = "AKIA";

  private AccessKey() {}

  /** The key of the function with this logical id. */
  public static String of(String function) {
    return PREFIX + function;
  }

  /** The logical id of the function that has this key, or "" if it is nobody's. */
  public static String function(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
  }
}
