package io.streamkeep.domain.stock;

/**
 * The events of an article's stock at a place. Stored format: see {@link StockEventCodec} before
 * changing a record.
 */
public sealed interface StockEvent {

  /**
   * Received from outside.
   *
   * @param quantity 1 to a billion
   */
  record Received(long quantity) implements StockEvent {}

  /**
   * Shipped out.
   *
   * @param quantity 1 to a billion
   */
  record Shipped(long quantity) implements StockEvent {}

  /**
   * Counted.
   *
   * @param quantity 0 to a billion
   * @param difference from the expected quantity; negative if some were missing
   */
  record Counted(long quantity, long difference) implements StockEvent {}

  /**
   * Sent to another of our places, where it arrives in the same transaction.
   *
   * @param transfer the same in both events of a transfer
   * @param quantity 1 to a billion
   */
  record Sent(String transfer, String to, long quantity) implements StockEvent {}

  /**
   * Arrived from another of our places.
   *
   * @param transfer the same in both events of a transfer
   * @param quantity 1 to a billion
   */
  record Arrived(String transfer, String from, long quantity) implements StockEvent {}
}
