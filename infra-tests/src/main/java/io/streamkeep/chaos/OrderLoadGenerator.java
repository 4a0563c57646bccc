package io.streamkeep.chaos;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/** Places orders, and changes, cancels, completes or returns them. */
record OrderLoadGenerator(OrderBodies bodies) implements LoadGenerator {

  @Override
  public String category() {
    return "order";
  }

  @Override
  public void run(CommandSender sender, SplittableRandom random)
      throws IOException, InterruptedException {
    Optional<String> id = sender.send("POST", "/orders", bodies.order(random));
    if (id.isEmpty()) {
      return;
    }
    String order = "/orders/" + id.get();
    if (random.nextInt(4) == 0) {
      sender.send("PUT", order + "/lines", bodies.lines(random));
    }
    if (random.nextInt(8) == 0) {
      sender.send("POST", order + "/cancellation", "{\"reason\":\"chaos\"}");
      return;
    }
    sender.send("POST", order + "/confirmation", "");
    sender.send("POST", order + "/completion", "");
    if (random.nextInt(3) == 0) {
      sender.send("POST", order + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":1}]}");
    }
  }
}
