package io.streamkeep.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the newest {@value #WINDOW} commands of a stream did: part of the folded state, so that a
 * repeat within that window finds its own commit without another table.
 */
final class RecentCommands {

  static final int WINDOW = 100;

  static final RecentCommands NONE = new RecentCommands(List.of());

  /** Which commit a command made, and what it was. */
  record Receipt(CommandId command, Fingerprint fingerprint, long commit) {}

  private final List<Receipt> receipts;

  private RecentCommands(List<Receipt> receipts) {
    this.receipts = receipts;
  }

  RecentCommands with(Commit commit) {
    int kept = Math.min(receipts.size(), WINDOW - 1);
    List<Receipt> next = new ArrayList<>(kept + 1);
    next.addAll(receipts.subList(receipts.size() - kept, receipts.size()));
    next.add(new Receipt(commit.command(), commit.fingerprint(), commit.number()));
    return new RecentCommands(next);
  }

  Optional<Receipt> find(CommandId command) {
    return receipts.stream().filter(receipt -> receipt.command().equals(command)).findFirst();
  }
}
