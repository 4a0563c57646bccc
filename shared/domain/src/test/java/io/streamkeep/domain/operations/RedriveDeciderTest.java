package io.streamkeep.domain.operations;

import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.testkit.spec.DeciderSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedriveDeciderTest {

  private static final RedriveEvent REQUESTED = new RedriveEvent.Requested("order", null);

  private final DeciderSpec<RedriveCommand, RedriveEvent, Redrive> spec =
      new DeciderSpec<>(new RedriveDecider());

  @Test
  void request_isAcceptedOnce() {
    RedriveCommand request = new RedriveCommand.Request(new Selection("order", null));

    spec.given(List.of()).when(request).then(List.of(REQUESTED));
    spec.given(List.of(REQUESTED)).when(request).then(List.of());
  }

  @Test
  void complete_isAcceptedOnce() {
    RedriveCommand complete = new RedriveCommand.Complete(3);

    spec.given(List.of(REQUESTED)).when(complete).then(List.of(new RedriveEvent.Completed(3)));
    spec.given(List.of(REQUESTED, new RedriveEvent.Completed(2))).when(complete).then(List.of());
  }

  @Test
  void complete_isRejected_whenNothingWasRequested() {
    spec.given(List.of()).when(new RedriveCommand.Complete(3)).thenRejected("redrive-unknown");
  }

  @Test
  void inspect_changesNothing() {
    spec.given(List.of(REQUESTED)).when(new RedriveCommand.Inspect()).then(List.of());
  }
}
