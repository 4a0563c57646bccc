package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.Faults.Phase;

/** Hears of each call, by the access key that it was made with; by throwing it cuts the call. */
@FunctionalInterface
public interface CallListener {
  void call(String accessKey, String operation, Phase phase);
}
