package io.streamkeep.chaos;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/** Load on one aggregate. The checks that follow know no aggregate. */
interface LoadGenerator {

  /** The category of the aggregate's streams. */
  String category();

  /** Sends the commands of one new stream. */
  void run(CommandSender sender, SplittableRandom random) throws IOException, InterruptedException;

  /** Sends commands, each until its outcome is certain. */
  interface CommandSender {

    /** Returns the id in the response if the command is accepted. */
    Optional<String> send(String method, String path, String body)
        throws IOException, InterruptedException;
  }
}
