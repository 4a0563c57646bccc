package io.streamkeep.domain.stock;

/**
 * What happened to an article at a place. Stored format: see {@link StockEventCodec} before changing a
 * record.
 */
public sealed interface StockEvent {

  /**
   * Came from outside.
   *
   * @param quantity 1 to a billion
   */
  record Received(long quantity) implements StockEvent {}

  /**
   * Went outside.
   *
   * @param quantity 1 to a billion
   */
  record Shipped(long quantity) implements StockEvent {}

  /**
   * Was found to be there.
   *
   * @param quantity how many, 0 to a billion
   * @param difference how many more than there should have been; less than 0 if some were missing
   */
  record Counted(long quantity, long difference) implements StockEvent {}

  /**
   * Went to another place of ours, where they are received in the same moment.
   *
   * @param transfer the same in both events of a transfer
   * @param quantity 1 to a billion
   */
  record Sent(String transfer, String to, long quantity) implements StockEvent {}

  /**
   * Came from another place of ours.
   *
   * @param transfer the same in both events of a transfer
   * @param quantity 1 to a billion
   */
  record Arrived(String transfer, String from, long quantity) implements StockEvent {}
}
