package io.streamkeep.store;

import io.streamkeep.domain.stock.Stock;
import io.streamkeep.domain.stock.StockCommand;
import io.streamkeep.domain.stock.StockDecider;
import io.streamkeep.domain.stock.Transfer;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** A process that moves stock of one article and has its own stream cache. */
final class StockKeeper {

  static final long WARM = 1_000_000;
  static final long COLD = 0;

  private final OptimisticCommandExecutor transactor;
  private final String sku;

  StockKeeper(EventStore store, String sku, long warmBytes) {
    this.transactor =
        new OptimisticCommandExecutor(
            store, InstantSource.system(), Sleeper.real(Random::new), Duration.ZERO, warmBytes);
    this.sku = sku;
  }

  Outcome<Stock> handle(String id, String place, StockCommand command) {
    return new CommandHandler<>(transactor, new StockDecider(), Stock.AGGREGATE)
        .handle(Stock.at(sku, place).stream(), request(id, command), incident -> {});
  }

  /** The stock of both places after the transfer, the source first. */
  Outcome<List<Stock>> transfer(Transfer transfer) {
    return transactor
        .handle(transfer.refs(), request(transfer.id(), transfer), transfer::decide, incident -> {})
        .map(
            states ->
                List.of(
                    states.of(Stock.at(sku, transfer.from())),
                    states.of(Stock.at(sku, transfer.to()))));
  }

  private static <C> CommandEnvelope<C> request(String id, C command) {
    return new CommandEnvelope<>(
        new CommandId(id),
        new Fingerprint(id),
        commit -> true,
        Instant.MAX,
        Metadata.NONE,
        command);
  }
}
