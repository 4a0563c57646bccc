package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.StateCodec;

/** The state of a {@link Counter} as it is stored. */
class CounterState implements StateCodec<Long> {

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String encode(Long state) {
    return state.toString();
  }

  @Override
  public Long decode(String data) {
    return Long.valueOf(data);
  }
}
