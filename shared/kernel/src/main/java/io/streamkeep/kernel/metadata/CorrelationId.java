package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;

/**
 * Connects everything that has the same origin: requests, commits, log lines. It is stored and
 * logged, so it must not hold personal data. 1 to 128 letters, digits and {@code . _ : -}, so not
 * an e-mail address.
 */
public record CorrelationId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public CorrelationId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A correlation id has 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
  }
}
