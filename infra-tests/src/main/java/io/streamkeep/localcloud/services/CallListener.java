package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.faults.Faults.Phase;

/** Hears of each call, by the access key that it was made with, and may stop it. */
@FunctionalInterface
public interface CallListener {
  /** Whether the call goes on; stopped before its effect, it has none. */
  boolean call(String accessKey, String operation, Phase phase);
}
