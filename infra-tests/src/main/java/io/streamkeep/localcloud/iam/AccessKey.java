package io.streamkeep.localcloud.iam;

/** The access key that a function calls with, by which endpoints know the caller. */
public final class AccessKey {
  private static final String PREFIX = "AKIA";

  private AccessKey() {}

  /** The key of the function with this logical id. */
  public static String of(String function) {
    return PREFIX + function;
  }

  /** The logical id of the function with this key, or "" for any other caller's key. */
  public static String function(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
  }
}
