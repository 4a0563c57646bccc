package io.streamkeep.domain.operations;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.testkit.contract.StoredFormatContract;
import java.nio.file.Path;
import java.util.Map;

final class RedriveEventCodecTest extends StoredFormatContract<RedriveEvent> {

  @Override
  protected EventCodec<RedriveEvent> codec() {
    return new RedriveEventCodec();
  }

  @Override
  protected Class<RedriveEvent> events() {
    return RedriveEvent.class;
  }

  @Override
  protected Path folder() {
    return Path.of("src/test/resources/stored/redrive");
  }

  @Override
  protected Map<String, RedriveEvent> fixtures() {
    return Map.of(
        "redrive.requested.v1.json", new RedriveEvent.Requested("order", "order#1"),
        "redrive.requested.v1-all.json", new RedriveEvent.Requested(null, null),
        "redrive.completed.v1.json", new RedriveEvent.Completed(3));
  }
}
