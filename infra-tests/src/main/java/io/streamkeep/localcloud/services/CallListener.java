package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.Faults.Phase;



/** Hears of each call that is allowed; by throwing it cuts the call. */
@FunctionalInterface
public interface CallListener {
  void call(Call call, Phase phase);
}
