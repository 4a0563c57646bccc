package io.streamkeep.domain.operations;

import io.streamkeep.kernel.EventCodec;
import io.streamkeep.testkit.StoredFormatContract;
import java.nio.file.Path;
import java.util.Map;

final class RedriveFormatTest extends StoredFormatContract<RedriveEvent> {

  @Override
  protected EventCodec<RedriveEvent> codec() {
    return new RedriveFormat();
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
