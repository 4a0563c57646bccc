package io.streamkeep.architecture.broken.clock.domain;

import java.time.Instant;

final class AsksForTheTime {
  final Instant now = Instant.now();
}
