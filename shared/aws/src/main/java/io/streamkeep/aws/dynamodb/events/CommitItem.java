package io.streamkeep.aws.dynamodb.events;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DeflatedText;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.json.MetadataFields;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A commit as an item of the event table. Stored format: {@code stream} (S, partition key), {@code
 * commit} (N, sort key), {@code version} (N), {@code time} (S, ISO 8601), {@code command} (S),
 * {@code fingerprint} (S), {@code events} (L of M: {@code type} S, {@code schema} N, {@code data}
 * S, a JSON object), the {@link MetadataFields} (S), and {@code previous} (B, the {@link ItemHash}
 * of the commit before it), which older items and first commits lack. Some have a {@code snapshot}
 * (M: {@code schema} N, {@code state} S, a JSON object, {@code recent} B, see {@link
 * RecentCommands}; older ones have {@code commands} B, four bytes of each hash). Those in the
 * sample have {@code sample} (S, {@value #SAMPLED}), with which they are indexed by time. Where it
 * saves a write unit, {@code packed} (B, see {@link DeflatedText}) replaces {@code events} and the
 * snapshot's {@code state}: type, schema and data of each event, and last the state.
 */
public final class CommitItem {

  public static final String STREAM = "stream";
  public static final String COMMIT = "commit";
  private static final String SAMPLE = "sample";

  /** The only value of {@code sample}, the partition of the index. */
  static final String SAMPLED = "commits";

  private static final String VERSION = "version";
  private static final String TIME = "time";
  private static final String COMMAND = "command";
  private static final String FINGERPRINT = "fingerprint";
  private static final String EVENTS = "events";
  private static final String PREVIOUS = "previous";
  private static final String PACKED = "packed";
  private static final String SNAPSHOT = "snapshot";
  private static final String STATE = "state";
  private static final String RECENT = "recent";
  private static final String OLD_COMMANDS = "commands";
  private static final String TYPE = "type";
  private static final String SCHEMA = "schema";
  private static final String DATA = "data";

  private CommitItem() {}

  /**
   * The cheaper form of the item; the uncompressed one if both cost the same.
   *
   * @param previous the hash of the item before it, or null before the first
   */
  static Map<String, AttributeValue> write(
      Commit commit, @Nullable Snapshot snapshot, @Nullable SdkBytes previous) {
    Map<String, AttributeValue> plain = envelope(commit, previous);
    plain.put(EVENTS, fromL(commit.events().stream().map(CommitItem::write).toList()));
    if (snapshot != null) {
      plain.put(SNAPSHOT, fromM(snapshot(snapshot)));
    }
    long units = ItemSize.writeUnits(ItemSize.of(plain));
    if (units == 1) {
      return plain;
    }
    Map<String, AttributeValue> deflated = deflated(commit, snapshot, previous);
    return ItemSize.writeUnits(ItemSize.of(deflated)) < units ? deflated : plain;
  }

  /** An item as part of the sample. */
  static Map<String, AttributeValue> sampled(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> sampled = new HashMap<>(item);
    sampled.put(SAMPLE, fromS(SAMPLED));
    return sampled;
  }

  private static Map<String, AttributeValue> deflated(
      Commit commit, @Nullable Snapshot snapshot, @Nullable SdkBytes previous) {
    Map<String, AttributeValue> item = envelope(commit, previous);
    List<String> texts = new ArrayList<>();
    for (RecordedEvent event : commit.events()) {
      texts.add(event.type());
      texts.add(Integer.toString(event.version()));
      texts.add(event.data());
    }
    if (snapshot != null) {
      texts.add(snapshot.state());
      Map<String, AttributeValue> rest = snapshot(snapshot);
      rest.remove(STATE);
      item.put(SNAPSHOT, fromM(rest));
    }
    item.put(PACKED, fromB(SdkBytes.fromByteArrayUnsafe(DeflatedText.deflate(texts))));
    return item;
  }

  private static Map<String, AttributeValue> snapshot(Snapshot snapshot) {
    Map<String, AttributeValue> map = new HashMap<>();
    map.put(SCHEMA, fromN(Integer.toString(snapshot.schema())));
    map.put(STATE, fromS(snapshot.state()));
    map.put(RECENT, fromB(SdkBytes.fromByteArrayUnsafe(snapshot.commands().toBytes())));
    return map;
  }

  private static Map<String, AttributeValue> envelope(Commit commit, @Nullable SdkBytes previous) {
    Map<String, AttributeValue> item = new HashMap<>();
    if (previous != null) {
      item.put(PREVIOUS, fromB(previous));
    }
    item.put(STREAM, fromS(commit.stream().toString()));
    item.put(COMMIT, fromN(Long.toString(commit.number())));
    item.put(VERSION, fromN(Long.toString(commit.version())));
    item.put(TIME, fromS(commit.time().toString()));
    item.put(COMMAND, fromS(commit.command().value()));
    item.put(FINGERPRINT, fromS(commit.fingerprint().value()));
    MetadataFields.write(commit.metadata()).forEach((name, value) -> item.put(name, fromS(value)));
    return item;
  }

  private static AttributeValue write(RecordedEvent event) {
    return fromM(
        Map.of(
            TYPE, fromS(event.type()),
            SCHEMA, fromN(Integer.toString(event.version())),
            DATA, fromS(event.data())));
  }

  static Map<String, AttributeValue> key(StreamId stream, long number) {
    return Map.of(STREAM, fromS(stream.toString()), COMMIT, fromN(Long.toString(number)));
  }

  /**
   * The stream in an item's key.
   *
   * @throws UnreadableException if there is none
   * @throws IllegalArgumentException if it is not the name of a stream
   */
  public static StreamId stream(Map<String, AttributeValue> key) {
    return StreamId.parse(reader(key).text(STREAM));
  }

  /**
   * The commit's number in an item's key.
   *
   * @throws UnreadableException if there is none
   * @throws NumberFormatException if it is not an integer
   */
  public static long number(Map<String, AttributeValue> key) {
    return reader(key).number(COMMIT);
  }

  /** The time in an item; empty if it can't be read. */
  public static Optional<Instant> time(Map<String, AttributeValue> item) {
    try {
      return reader(item).optionalText(TIME).map(Instant::parse);
    } catch (UnreadableException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Reads an item; throws {@link UnreadableException} if it is not a valid commit. */
  public static Commit read(Map<String, AttributeValue> attributes) {
    ItemReader item = reader(attributes);
    try {
      return new Commit(
          stream(attributes),
          number(attributes),
          item.number(VERSION),
          events(item),
          Instant.parse(item.text(TIME)),
          new CommandId(item.text(COMMAND)),
          new Fingerprint(item.text(FINGERPRINT)),
          MetadataFields.read(item::optionalText));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableException("A commit is broken: " + e.getClass().getSimpleName());
    }
  }

  /** True if an item has a snapshot, readable or not. */
  static boolean hasSnapshot(Map<String, AttributeValue> item) {
    return item.containsKey(SNAPSHOT);
  }

  /**
   * The snapshot in an item, if there is one.
   *
   * @throws UnreadableException if it is not a valid snapshot
   */
  static Optional<Snapshot> snapshot(Map<String, AttributeValue> attributes) {
    if (!hasSnapshot(attributes)) {
      return Optional.empty();
    }
    ItemReader item = reader(attributes);
    ItemReader snapshot = item.map(SNAPSHOT);
    String state = item.has(PACKED) ? inflated(item).getLast() : snapshot.text(STATE);
    try {
      int schema = (int) snapshot.number(SCHEMA);
      return Optional.of(new Snapshot(schema, state, commands(snapshot, item)));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableException("A snapshot is broken: " + e.getClass().getSimpleName());
    }
  }

  private static RecentCommands commands(ItemReader snapshot, ItemReader item) {
    return snapshot.has(OLD_COMMANDS)
        ? RecentCommands.ofFourByteHashes(
            snapshot.bytes(OLD_COMMANDS), Instant.parse(item.text(TIME)))
        : RecentCommands.of(snapshot.bytes(RECENT));
  }

  private static List<RecordedEvent> events(ItemReader item) {
    List<RecordedEvent> events =
        item.has(PACKED)
            ? inflatedEvents(item)
            : item.list(EVENTS).stream().map(CommitItem::event).toList();
    if (events.isEmpty()) {
      throw new UnreadableException("A commit without " + EVENTS);
    }
    return events;
  }

  private static List<RecordedEvent> inflatedEvents(ItemReader item) {
    List<String> texts = inflated(item);
    List<RecordedEvent> events = new ArrayList<>();
    for (int i = 0; i + 2 < texts.size(); i += 3) {
      events.add(
          new RecordedEvent(texts.get(i), Integer.parseInt(texts.get(i + 1)), texts.get(i + 2)));
    }
    return events;
  }

  private static List<String> inflated(ItemReader item) {
    return DeflatedText.inflate(item.bytes(PACKED));
  }

  private static RecordedEvent event(ItemReader event) {
    return new RecordedEvent(event.text(TYPE), (int) event.number(SCHEMA), event.text(DATA));
  }

  private static ItemReader reader(Map<String, AttributeValue> item) {
    return new ItemReader("commit", item);
  }
}
