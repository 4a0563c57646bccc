package io.streamkeep.retail;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A return of which every item was found, as one request for each order that it hits. */
record PlannedReturn(String invoice, String customer, List<Hit> hits) {

  PlannedReturn {
    hits = List.copyOf(hits);
  }

  /** What goes back to one order, named by its invoice: its line numbers and how much of each. */
  record Hit(String order, SortedMap<Integer, Long> lines) {

    Hit {
      lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }
  }
}
