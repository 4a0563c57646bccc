package io.streamkeep.functions.operations;

import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.feed.Feed;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A subscriber, as far as an operator is concerned with it. */
record Watched(String name, Predicate<StreamId> wants) {

  /** All of them, by name. */
  static List<Watched> all() {
    return Stream.concat(
            Views.all().stream()
                .map(
                    view ->
                        new Watched(
                            view.name(), stream -> stream.category().equals(view.category()))),
            Stream.of(Feed.NAME, SqsPublisher.NAME).map(name -> new Watched(name, stream -> true)))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }
}
