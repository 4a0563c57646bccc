package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;

/**
 * Who did something: who signed a request, or, where an event led to it, the subscriber's name. It
 * may name a person, so it is kept for audit and never logged. 1 to 1024 printable characters of
 * ASCII, no spaces.
 */
public record Actor(String value) {

  private static final Pattern FORM = Pattern.compile("[!-~]{1,1024}");

  public Actor {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("An actor has 1 to 1024 printable characters, no spaces");
    }
  }
}
