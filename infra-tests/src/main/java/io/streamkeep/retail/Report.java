package io.streamkeep.retail;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reconciliation of an import; counts are of invoices, totals in minor units by currency as the
 * API answered them, failures are lines for the user. The same for every run of the same file.
 */
record Report(
    int read,
    int stored,
    int projected,
    int returned,
    SortedMap<String, Integer> refused,
    SortedMap<String, Long> totals,
    SortedMap<String, Long> returnedTotals,
    List<String> failures) {

  Report {
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    returnedTotals = Collections.unmodifiableSortedMap(new TreeMap<>(returnedTotals));
    failures = List.copyOf(failures);
  }

  int refusals() {
    return refused.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether everything that was read is accounted for and every order that is stored shows. */
  boolean balanced() {
    return failures.isEmpty() && stored == projected && read == stored + returned + refusals();
  }
}
