package io.streamkeep.kernel.reconcile;

/** Shows, for less than a scan costs, whether the event store may have changed. */
@FunctionalInterface
public interface ChangeMarker {

  /**
   * A text that is another one after an append. The difference may show late, but not as late as
   * {@link ScanCycle#MAX_REST}.
   */
  String current();
}
