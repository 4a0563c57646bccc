package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.StateCodec;

/** The stored format of a {@link Counter}'s state. */
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
