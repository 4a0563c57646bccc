package io.streamkeep.bench;

import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.bench.Shelf.Moved;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;

/** Commands as they might be, the same for the same number. */
final class Goods {

  private static final String[] WORDS = {
    "returned",
    "damaged",
    "pallet",
    "aisle",
    "counted",
    "by",
    "the",
    "morning",
    "shift",
    "box",
    "opened",
    "customer",
    "asked",
    "for",
    "two",
    "more",
    "next",
    "delivery",
    "on",
    "Tuesday",
    "label",
    "unreadable",
    "moved",
    "to",
    "quarantine",
    "after",
    "inspection",
    "supplier",
    "will",
    "collect",
    "paper",
    "chain",
    "kit",
    "jumbo",
    "bag",
    "red",
    "retrospot",
    "lantern",
    "holder"
  };

  private Goods() {}

  /** Some events of so many bytes each as they are stored, of words that people write. */
  static Move readable(int number, int events, int bytes) {
    Random random = new Random(number);
    return new Move(
        IntStream.range(0, events)
            .mapToObj(i -> moved(random, bytes, words(random, bytes)))
            .toList());
  }

  /** The same of text that can't be compressed by more than base64 wastes. */
  static Move random(int number, int events, int bytes) {
    Random random = new Random(number);
    return new Move(
        IntStream.range(0, events)
            .mapToObj(i -> moved(random, bytes, noise(random, bytes)))
            .toList());
  }

  private static Moved moved(Random random, int bytes, String text) {
    String sku = Integer.toString(20_000 + random.nextInt(9_999));
    long by = random.nextInt(1, 10);
    int empty = Shelf.decider().encode(new Moved(sku, by, "")).data().length();
    return new Moved(sku, by, text.substring(0, bytes - empty));
  }

  private static String words(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }

  private static String noise(Random random, int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return Base64.getEncoder().encodeToString(noise);
  }
}
