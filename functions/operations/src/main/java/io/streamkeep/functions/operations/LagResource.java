package io.streamkeep.functions.operations;

import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.json.Json;
import io.streamkeep.functions.operations.Lag.SubscriberLag;
import io.streamkeep.functions.operations.Lag.TimedCommit;
import io.streamkeep.kernel.metadata.Timestamp;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Shows the lag of each subscriber. */
record LagResource(Lag lag) {

  HttpResponse get() {
    JsonArrayBuilder subscribers = Json.array();
    for (SubscriberLag each : lag.of(SubscriberInfo.all())) {
      JsonObjectBuilder json =
          Json.object().add("subscriber", each.subscriber()).add("parked", each.parked());
      each.newest().ifPresent(commit -> json.add("newest", write(commit)));
      each.oldest().ifPresent(commit -> json.add("oldestUnapplied", write(commit)));
      subscribers.add(json);
    }
    return HttpResponse.json(200, Json.object().add("lag", subscribers).build().toString());
  }

  private static JsonObjectBuilder write(TimedCommit commit) {
    return Json.object()
        .add("stream", commit.id().stream().toString())
        .add("commit", commit.id().number())
        .add("time", Timestamp.format(commit.time()));
  }
}
