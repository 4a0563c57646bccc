package io.streamkeep.architecture.broken.systemclock.aws;

import java.time.InstantSource;

final class CreatesAClock {
  final InstantSource clock = InstantSource.system();
}
