package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;

/**
 * The direct cause of a commit: the id of a request, or of the commit that caused it, {@code
 * stream/number}. It is stored and logged, so it must not hold personal data. 1 to 256 letters,
 * digits and {@code . _ : # / -}, so not an e-mail address.
 */
public record CausationId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:#/-]{1,256}");

  public CausationId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A causation id has 1 to 256 of A-Z a-z 0-9 . _ : # / -");
    }
  }
}
