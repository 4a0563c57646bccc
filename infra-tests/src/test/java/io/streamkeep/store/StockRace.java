package io.streamkeep.store;

import io.streamkeep.domain.stock.Stock;
import io.streamkeep.domain.stock.StockCommand.Count;
import io.streamkeep.domain.stock.StockCommand.Receive;
import io.streamkeep.domain.stock.StockCommand.Ship;
import io.streamkeep.domain.stock.StockEvent.Counted;
import io.streamkeep.domain.stock.StockEventCodec;
import io.streamkeep.domain.stock.Transfer;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Concurrent writers that receive, ship, count and transfer, and the outcomes they got. */
final class StockRace {

  static final List<String> PLACES =
      IntStream.range(0, 10).mapToObj(place -> "place-" + place).toList();

  private static final int INITIAL_STOCK = 20;

  private final EventStore store;
  private final String sku;
  private final AtomicLong expected = new AtomicLong();
  private final AtomicInteger counts = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();
  private final Queue<Transfer> completed = new ConcurrentLinkedQueue<>();
  private final Queue<Transfer> repeatedDifferently = new ConcurrentLinkedQueue<>();
  private final Queue<Outcome<?>> others = new ConcurrentLinkedQueue<>();

  StockRace(EventStore store, String sku) {
    this.store = store;
    this.sku = sku;
  }

  /** The stock that all places together must have. */
  long expected() {
    return expected.get();
  }

  int counts() {
    return counts.get();
  }

  int rejected() {
    return rejected.get();
  }

  /** The transfers that were reported as completed. */
  List<Transfer> completed() {
    return List.copyOf(completed);
  }

  /** The transfers whose repeat had another outcome. */
  List<Transfer> repeatedDifferently() {
    return List.copyOf(repeatedDifferently);
  }

  /** Outcomes other than completed and rejected. */
  List<Outcome<?>> others() {
    return List.copyOf(others);
  }

  /** Runs the writers; every other one caches streams. */
  void run(int writers, int commands) throws Exception {
    StockKeeper before = new StockKeeper(store, sku, StockKeeper.COLD);
    for (String place : PLACES) {
      record(before.handle("first-" + place, place, new Receive(INITIAL_STOCK)), INITIAL_STOCK);
    }
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Callable<Void>> races = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      races.add(
          () -> {
            start.await();
            write(writer, commands);
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Void> race : threads.invokeAll(races)) {
        race.get();
      }
    }
  }

  private void write(int writer, int commands) {
    Random random = new Random(writer);
    StockKeeper keeper =
        new StockKeeper(store, sku, writer % 2 == 0 ? StockKeeper.WARM : StockKeeper.COLD);
    for (int i = 0; i < commands; i++) {
      String id = writer + "-" + i;
      int from = random.nextInt(PLACES.size());
      int to = (from + 1 + random.nextInt(PLACES.size() - 1)) % PLACES.size();
      long quantity = 1L + random.nextInt(INITIAL_STOCK);
      switch (random.nextInt(9)) {
        case 0 -> record(keeper.handle(id, PLACES.get(from), new Receive(quantity)), quantity);
        case 1 -> record(keeper.handle(id, PLACES.get(from), new Ship(quantity)), -quantity);
        case 2 -> count(keeper, id, PLACES.get(from), quantity);
        default ->
            transfer(keeper, new Transfer(id, sku, PLACES.get(from), PLACES.get(to), quantity));
      }
    }
  }

  /** Counts stock; the commit holds the difference to the previous stock. */
  private void count(StockKeeper keeper, String id, String place, long quantity) {
    Outcome<Stock> outcome = keeper.handle(id, place, new Count(quantity));
    if (outcome instanceof Outcome.Completed<Stock>(Stock stock, long number)) {
      Commit commit =
          store.load(Stock.at(sku, place).stream(), number, snapshot -> false).commits().getLast();
      Counted counted = (Counted) new StockEventCodec().decode(commit.events().getFirst());
      counts.incrementAndGet();
      record(outcome, counted.difference());
    } else {
      record(outcome, 0);
    }
  }

  private void transfer(StockKeeper keeper, Transfer transfer) {
    Outcome<List<Stock>> outcome = keeper.transfer(transfer);
    record(outcome, 0);
    if (outcome instanceof Outcome.Completed) {
      completed.add(transfer);
      StockKeeper elsewhere = new StockKeeper(store, sku, StockKeeper.COLD);
      if (!elsewhere.transfer(transfer).equals(outcome)) {
        repeatedDifferently.add(transfer);
      }
    }
  }

  private void record(Outcome<?> outcome, long more) {
    switch (outcome) {
      case Outcome.Completed<?> yes -> expected.addAndGet(more);
      case Outcome.Rejected<?> no -> rejected.incrementAndGet();
      case Outcome<?> other -> others.add(other);
    }
  }
}
