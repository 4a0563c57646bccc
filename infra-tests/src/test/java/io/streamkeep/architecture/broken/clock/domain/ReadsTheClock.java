package io.streamkeep.architecture.broken.clock.domain;

import java.time.Instant;

final class ReadsTheClock {
  final Instant now = Instant.now();
}
