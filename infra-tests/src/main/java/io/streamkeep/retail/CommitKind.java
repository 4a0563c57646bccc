package io.streamkeep.retail;

import java.util.Locale;

/** What a commit of an order did. */
enum CommitKind {
  PLACED,
  CONFIRMED,
  COMPLETED,
  RETURNED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
