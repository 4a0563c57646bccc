package io.streamkeep.aws.wiring;

/** A function's settings: environment variables that the template sets. */
public final class Environment {

  private Environment() {}

  /** Throws {@link IllegalStateException}, which fails the function's start, if one is not set. */
  public static String required(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("The environment variable " + name + " is not set");
    }
    return value;
  }
}
