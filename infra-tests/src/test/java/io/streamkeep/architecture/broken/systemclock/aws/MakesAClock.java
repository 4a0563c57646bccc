package io.streamkeep.architecture.broken.systemclock.aws;

import java.time.InstantSource;

final class MakesAClock {
  final InstantSource clock = InstantSource.system();
}
