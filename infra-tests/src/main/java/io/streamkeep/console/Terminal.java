package io.streamkeep.console;

import java.io.IOException;

/** Detects whether output goes to a terminal. */
public final class Terminal {

  private static final boolean STANDARD_ERROR = test("2");

  private Terminal() {}

  /** True if standard error is a terminal. */
  public static boolean isStandardError() {
    return STANDARD_ERROR;
  }

  /** Asks the POSIX utility, since Java can't detect this for standard error alone. */
  private static boolean test(String descriptor) {
    try {
      return new ProcessBuilder("test", "-t", descriptor)
              .inheritIO()
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
