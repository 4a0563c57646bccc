package io.streamkeep.architecture.broken.kernellayers.kernel.store;

import io.streamkeep.architecture.broken.kernellayers.kernel.command.HigherCommand;
import org.jspecify.annotations.Nullable;

final class SeesCommand {
  @Nullable HigherCommand higher;
}
