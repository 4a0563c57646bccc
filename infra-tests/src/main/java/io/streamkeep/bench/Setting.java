package io.streamkeep.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a workload is measured under.
 *
 * @param cold every command is as if its environment were new
 * @param delayed every request takes longer, as over a network
 */
record Setting(Workload workload, boolean cold, boolean delayed) {

  /** All that there are of some workloads; writers who race are warm. */
  static List<Setting> of(List<Workload> workloads) {
    List<Setting> all = new ArrayList<>();
    for (boolean delayed : new boolean[] {true, false}) {
      for (Workload workload : workloads) {
        all.add(new Setting(workload, false, delayed));
        if (workload.writers == 1) {
          all.add(new Setting(workload, true, delayed));
        }
      }
    }
    return all;
  }
}
