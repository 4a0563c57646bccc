package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;

/**
 * The actor behind a commit: the signer of a request or, where an event caused it, the name of the
 * subscriber. It may identify a person, so it is stored for audit and never logged. 1 to 1024
 * printable ASCII characters, no spaces.
 */
public record Actor(String value) {

  private static final Pattern FORM = Pattern.compile("[!-~]{1,1024}");

  public Actor {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("An actor has 1 to 1024 printable characters, no spaces");
    }
  }
}
