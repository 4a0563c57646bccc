package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;

/**
 * The tenant of a commit, where one deployment serves several. It is stored and logged, so it must
 * not hold personal data. 1 to 64 letters, digits and {@code . _ -}, so not an e-mail address.
 */
public record TenantId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public TenantId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A tenant id has 1 to 64 of A-Z a-z 0-9 . _ -");
    }
  }
}
