package io.streamkeep.functions.operations;

import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.StreamId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A subscriber as operators see it: its name and the streams that it handles. */
record SubscriberInfo(String name, Predicate<StreamId> handles) {

  /** All subscribers, by name. */
  static List<SubscriberInfo> all() {
    return Stream.concat(
            Registry.projections().stream()
                .map(projection -> new SubscriberInfo(projection.name(), projection::handles)),
            Stream.of(Feed.NAME, SqsPublisher.NAME)
                .map(name -> new SubscriberInfo(name, stream -> true)))
        .sorted(Comparator.comparing(SubscriberInfo::name))
        .toList();
  }
}
