package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.fixture.Letters;
import io.streamkeep.kernel.fixture.LettersView;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.ForwardingViewStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryFeedStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A random history that a seed decides: commits of some streams, delivered twice, late, reordered,
 * never, or cut off before or after an effect, to two consumers whose environments die and whose
 * views throw for a while. Then all faults end, and the result is checked.
 */
final class DeliveryHistory {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int STREAMS = 4;
  private static final int STEPS = 120;
  private static final int PARTITIONS = 2;
  private static final int ENVIRONMENTS = 2;

  /** The cache of an environment; it holds some of the rows. */
  private static final long CACHE_BYTES = 3 * 2060;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

  /** A defect in the code, which a history must find. */
  enum Mutant {
    NONE,
    /** The row is written before its cursor. */
    CURSOR_WRITTEN_APART,
    /** A row is replaced unconditionally. */
    UNCONDITIONAL_PUT,
    /** Gaps are not filled. */
    GAP_DROPPED,
    /** A batch continues after a failure. */
    CONTINUES_AFTER_FAILURE,
    /** The feed's page is written before its cursors. */
    FEED_CURSORS_APART
  }

  /** The end of an environment; nothing catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Random random;
  private final Mutant mutant;
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final InMemoryFeedStore whole = new InMemoryFeedStore();
  private final TornFeedStore torn = new TornFeedStore(this::mayFail);
  private final FeedStore pages;
  private final Deque<ParkedPosition> queue = new ArrayDeque<>();
  private final Map<StreamId, Long> received = new HashMap<>();
  private final Map<StreamId, List<String>> effects = new HashMap<>();
  private final List<Consumer> consumers;
  private boolean faulty = true;
  private @Nullable String poison;
  private int dropped;
  private int repaired;

  DeliveryHistory(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    this.pages = mutant == Mutant.FEED_CURSORS_APART ? torn : whole;
    EventStore read = mutant == Mutant.GAP_DROPPED ? new Forgetful(events) : events;
    this.consumers =
        List.of(
            new Consumer(
                () -> {
                  ViewStore caching = caching();
                  return List.of(
                      new ViewProjector<>(new CountedLetters("first").projection(), caching, read),
                      new ViewProjector<>(
                          new CountedLetters("second").projection(), caching, read));
                }),
            new Consumer(
                () ->
                    List.of(
                        new Feed(
                            new FaultyPages(),
                            events,
                            PARTITIONS,
                            CLOCK,
                            new FakeClock(Instant.EPOCH)),
                        new PublishingSubscriber<>("outbound", new Receiver(), caching(), read))));
  }

  private ViewStore caching() {
    return new CachingViewStore(new FaultyRows(), CACHE_BYTES);
  }

  /** A point at which a call may fail, or its environment may die. */
  private void mayFail() {
    if (!faulty) {
      return;
    }
    switch (random.nextInt(24)) {
      case 0 -> throw new IllegalStateException("no answer");
      case 1 -> throw new Killed();
      default -> {}
    }
  }

  /** Reads nothing, so that gaps stay. */
  private static final class Forgetful extends ForwardingEventStore {
    Forgetful(EventStore store) {
      super(store);
    }

    @Override
    public CommitPage read(StreamId stream, long after, int limit) {
      return new CommitPage(List.of(), false);
    }
  }

  private final class FaultyRows extends ForwardingViewStore {

    FaultyRows() {
      super(rows);
    }

    @Override
    public StoredRow find(String view, StreamId stream) {
      mayFail();
      return super.find(view, stream);
    }

    @Override
    public Optional<StoredRow> put(
        String view,
        StreamId stream,
        StoredRow before,
        Row next,
        long commit,
        List<AggregateTotal> adds) {
      mayFail();
      if (mutant == Mutant.UNCONDITIONAL_PUT) {
        return rows.put(view, stream, rows.find(view, stream), next, commit, adds);
      }
      if (mutant == Mutant.CURSOR_WRITTEN_APART && before.commit() > 0) {
        rows.put(view, stream, before, next, before.commit(), adds);
        mayFail();
        return rows.put(view, stream, before, next, commit, List.of());
      }
      Optional<StoredRow> put = rows.put(view, stream, before, next, commit, adds);
      mayFail();
      return put;
    }

    @Override
    public Optional<StoredRow> advance(
        String subscriber, StreamId stream, StoredCursor before, long commit) {
      mayFail();
      Optional<StoredRow> advanced = super.advance(subscriber, stream, before, commit);
      mayFail();
      return advanced;
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      mayFail();
      super.park(position, reason, at);
    }
  }

  private final class FaultyPages implements FeedStore {

    @Override
    public long newestPage(int partition) {
      mayFail();
      return pages.newestPage(partition);
    }

    @Override
    public FeedStore.AppendResult append(int partition, FeedPage page) {
      mayFail();
      FeedStore.AppendResult appended = pages.append(partition, page);
      mayFail();
      return appended;
    }

    @Override
    public List<FeedPage> read(int partition, long from, int limit) {
      return pages.read(partition, from, limit);
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      pages.park(position, reason, at);
    }

    @Override
    public boolean isParked(StreamId stream) {
      return pages.isParked(stream);
    }

    @Override
    public void unpark(StreamId stream) {
      mayFail();
      pages.unpark(stream);
    }
  }

  /** A receiver that applies each message once, by the number of the last one. */
  private final class Receiver implements Publisher {

    @Override
    public void publish(Commit commit) {
      mayFail();
      StreamId stream = commit.stream();
      if (commit.number() > received.getOrDefault(stream, 0L)) {
        received.put(stream, commit.number());
        effects.computeIfAbsent(stream, s -> new ArrayList<>()).add(Letters.letter(commit));
      }
    }
  }

  /** Counts the letters in a total, and throws for a stream that is poison. */
  private final class CountedLetters extends LettersView {

    CountedLetters(String name) {
      super(name);
    }

    @Override
    public String apply(String key, @Nullable String row, String letter) {
      if ((name() + "/" + key).equals(poison)) {
        throw new IllegalStateException("poison");
      }
      return super.apply(key, row, letter);
    }

    @Override
    public List<AggregateTotal> totals(String row) {
      return List.of(new AggregateTotal(name(), "all", Map.of("letters", (long) row.length())));
    }
  }

  /**
   * A consumer of the stream, with pending and delivered commits. Its environments take turns, so
   * that the cache of each gets stale.
   */
  private final class Consumer {
    private final Supplier<List<Subscriber>> fresh;
    private final List<List<Subscriber>> environments = new ArrayList<>();
    private final List<DeliveredCommit> coming = new ArrayList<>();
    private final List<DeliveredCommit> given = new ArrayList<>();

    Consumer(Supplier<List<Subscriber>> fresh) {
      this.fresh = fresh;
      for (int i = 0; i < ENVIRONMENTS; i++) {
        environments.add(fresh.get());
      }
    }

    /** Delivers a batch; what fails is delivered again. */
    void deliver() {
      List<DeliveredCommit> batch = new ArrayList<>();
      int size = 1 + random.nextInt(5);
      while (!coming.isEmpty() && batch.size() < size) {
        // Late or out of order, if it is not the first that is taken.
        DeliveredCommit item = coming.remove(faulty && random.nextInt(4) == 0 ? at(coming) : 0);
        if (faulty && random.nextInt(40) == 0) {
          dropped++;
        } else {
          batch.add(item);
        }
      }
      if (faulty && !given.isEmpty() && random.nextInt(3) == 0) {
        batch.add(given.get(at(given)));
      }
      if (faulty && random.nextInt(4) == 0) {
        Collections.shuffle(batch, random);
      }
      given.addAll(batch);
      int environment = random.nextInt(ENVIRONMENTS);
      try {
        Optional<BatchFailure> stopped =
            new Dispatcher(environments.get(environment), this::park, CLOCK, poisoned -> {})
                .deliver(batch);
        if (mutant != Mutant.CONTINUES_AFTER_FAILURE) {
          stopped.ifPresent(at -> coming.addAll(0, batch.subList(at.index(), batch.size())));
        }
      } catch (Killed e) {
        environments.set(environment, fresh.get());
        coming.addAll(0, batch);
      }
    }

    private void park(ParkedPosition position) {
      mayFail();
      queue.add(position);
    }

    private int at(List<DeliveredCommit> items) {
      return random.nextInt(items.size());
    }

    /** The subscribers as another function creates them. */
    List<Subscriber> subscribers() {
      return fresh.get();
    }

    @Nullable Subscriber named(String name) {
      return subscribers().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    }
  }

  /** Plays the history to its end; reports what is wrong then. */
  Optional<String> play() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    faulty = false;
    poison = null;
    for (Consumer consumer : consumers) {
      while (!consumer.coming.isEmpty()) {
        consumer.deliver();
      }
    }
    while (!queue.isEmpty()) {
      redeliver();
    }
    repair();
    return wrong();
  }

  private void step() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> append();
      case 3, 4, 5 -> consumers.get(random.nextInt(consumers.size())).deliver();
      case 6 -> {
        if (!queue.isEmpty()) {
          redeliver();
        }
      }
      default ->
          poison =
              random.nextInt(3) == 0
                  ? (random.nextBoolean() ? "first/" : "second/") + random.nextInt(STREAMS)
                  : null;
    }
  }

  private void append() {
    StreamId stream = stream(random.nextInt(STREAMS));
    String letter = ALPHABET.substring(random.nextInt(26)).substring(0, 1);
    Commit commit = Letters.append(events, stream, letter);
    consumers.forEach(
        consumer ->
            consumer.coming.add(new DeliveredCommit(commit.stream(), commit.number(), commit)));
  }

  private static StreamId stream(int number) {
    return Letters.stream(Integer.toString(number));
  }

  /** Does what the redelivery function does. */
  private void redeliver() {
    ParkedPosition position = queue.remove();
    Subscriber subscriber =
        consumers.stream()
            .map(consumer -> consumer.named(position.subscriber()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    try {
      subscriber.catchUp(position.stream());
    } catch (PoisonException e) {
      queue.add(position);
      try {
        subscriber.park(
            e.position(subscriber.name(), position.stream()), e.reason(), CLOCK.instant());
      } catch (IllegalStateException | Killed failure) {
        // The message is there, and comes again.
      }
    } catch (IllegalStateException | Killed e) {
      queue.add(position);
    }
  }

  /** Does what the reconciler does, and counts it. */
  private void repair() {
    for (int i = 0; i < STREAMS; i++) {
      StreamId stream = stream(i);
      long head = events.headNumber(stream);
      for (Consumer consumer : consumers) {
        for (Subscriber subscriber : consumer.subscribers()) {
          if (cursor(subscriber.name(), stream) < head) {
            repaired++;
            subscriber.deliver(stream, List.of());
          }
        }
      }
    }
  }

  private long cursor(String subscriber, StreamId stream) {
    if (!subscriber.equals(Feed.NAME)) {
      return rows.find(subscriber, stream).commit();
    }
    return pages == torn ? torn.cursors().getOrDefault(stream, 0L) : whole.cursor(stream);
  }

  private Optional<String> wrong() {
    if (dropped == 0 && repaired > 0) {
      return Optional.of("nothing was dropped, and " + repaired + " had to be repaired");
    }
    int all = 0;
    Map<StreamId, List<String>> fed = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      new FeedReader(pages, events)
          .read(partition, 0, Integer.MAX_VALUE).stream()
              .map(FeedReader.Positioned::commit)
              .forEach(
                  commit ->
                      fed.computeIfAbsent(commit.stream(), s -> new ArrayList<>())
                          .add(commit.number() + Letters.letter(commit)));
    }
    for (int i = 0; i < STREAMS; i++) {
      StreamId stream = stream(i);
      List<Commit> commits = events.load(stream).commits();
      List<String> letters = commits.stream().map(Letters::letter).toList();
      all += letters.size();
      for (String view : List.of("first", "second")) {
        String found = Objects.requireNonNullElse(rows.find(view, stream).data(), "");
        if (!found.equals(String.join("", letters))) {
          return Optional.of(view + " has " + found + " of " + letters);
        }
      }
      if (!effects.getOrDefault(stream, List.of()).equals(letters)) {
        return Optional.of("others had " + effects.get(stream) + " of " + letters);
      }
      List<String> numbered =
          commits.stream().map(commit -> commit.number() + Letters.letter(commit)).toList();
      if (!fed.getOrDefault(stream, List.of()).equals(numbered)) {
        return Optional.of("the feed has " + fed.get(stream) + " of " + numbered);
      }
    }
    for (String view : List.of("first", "second")) {
      Map<String, BigInteger> total = rows.totals(view).getOrDefault("all", Map.of());
      if (!total.getOrDefault("letters", BigInteger.ZERO).equals(BigInteger.valueOf(all))) {
        return Optional.of("the total of " + view + " is " + total + ", not " + all);
      }
    }
    return Optional.empty();
  }

  int dropped() {
    return dropped;
  }

  int repaired() {
    return repaired;
  }
}
