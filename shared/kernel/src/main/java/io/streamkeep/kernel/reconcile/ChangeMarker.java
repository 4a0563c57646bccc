package io.streamkeep.kernel.reconcile;

/** Shows, for less than a scan costs, whether the event store may have changed. */
@FunctionalInterface
public interface ChangeMarker {

  /**
   * A text that changes after an append. The change may show late, but within {@link
   * ScanCycle#MAX_REST}.
   */
  String current();
}
