package io.streamkeep.aws.dynamodb.events;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DeflatedText;
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
 * A commit as an item of the events table. Stored format: {@code stream} (S, partition key), {@code
 * commit} (N, sort key), {@code version} (N), {@code time} (S, ISO 8601), {@code command} (S),
 * {@code fingerprint} (S), {@code events} (L of M: {@code type} S, {@code schema} N, {@code data}
 * S, a JSON object), those of {@link MetadataFields} (S), and {@code previous} (B, the {@link
 * ItemHash} of the commit before it), which older items and first ones don't have. Some have a
 * {@code snapshot} (M: {@code schema} N, {@code state} S, a JSON object, {@code commands} B). Where
 * it saves a write unit, {@code packed} (B, see {@link DeflatedText}) is there instead of {@code
 * events} and the snapshot's {@code state}: type, schema and data of each event, and last the
 * state.
 */
public final class CommitItem {

  public static final String STREAM = "stream";
  public static final String COMMIT = "commit";
  private static final String VERSION = "version";
  public static final String TIME = "time";
  private static final String COMMAND = "command";
  private static final String FINGERPRINT = "fingerprint";
  private static final String EVENTS = "events";
  private static final String PREVIOUS = "previous";
  private static final String PACKED = "packed";
  private static final String SNAPSHOT = "snapshot";
  private static final String STATE = "state";
  private static final String COMMANDS = "commands";
  private static final String TYPE = "type";
  private static final String SCHEMA = "schema";
  private static final String DATA = "data";

  private CommitItem() {}

  /**
   * The cheaper of the two forms; the one that can be read by eye if they cost the same.
   *
   * @param previous the hash of the item before it, or null if there is none
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
    Map<String, AttributeValue> packed = packed(commit, snapshot, previous);
    return ItemSize.writeUnits(ItemSize.of(packed)) < units ? packed : plain;
  }

  private static Map<String, AttributeValue> packed(
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
    item.put(PACKED, fromB(SdkBytes.fromByteArrayUnsafe(DeflatedText.pack(texts))));
    return item;
  }

  private static Map<String, AttributeValue> snapshot(Snapshot snapshot) {
    Map<String, AttributeValue> map = new HashMap<>();
    map.put(SCHEMA, fromN(Integer.toString(snapshot.schema())));
    map.put(STATE, fromS(snapshot.state()));
    map.put(COMMANDS, fromB(SdkBytes.fromByteArrayUnsafe(snapshot.commands().toBytes())));
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
   * Whose commit an item is, from its key.
   *
   * @throws UnreadableException if it has none
   * @throws IllegalArgumentException if that can't be a stream
   */
  public static StreamId stream(Map<String, AttributeValue> key) {
    return StreamId.parse(text(key, STREAM));
  }

  /**
   * Which commit an item is, from its key.
   *
   * @throws UnreadableException if it has none
   * @throws NumberFormatException if that can't be a commit's number
   */
  public static long number(Map<String, AttributeValue> key) {
    return number(key, COMMIT);
  }

  /** Reads an item; throws {@link UnreadableException} if it is not one that was written so. */
  public static Commit read(Map<String, AttributeValue> item) {
    try {
      return new Commit(
          stream(item),
          number(item),
          number(item, VERSION),
          events(item),
          Instant.parse(text(item, TIME)),
          new CommandId(text(item, COMMAND)),
          new Fingerprint(text(item, FINGERPRINT)),
          MetadataFields.read(name -> optionalText(item, name)));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableException("A commit is broken: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<String> optionalText(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? Optional.of(text(item, name)) : Optional.empty();
  }

  /** Whether an item has a snapshot, readable or not. */
  static boolean hasSnapshot(Map<String, AttributeValue> item) {
    return item.containsKey(SNAPSHOT);
  }

  /**
   * The snapshot in an item, if there is one.
   *
   * @throws UnreadableException if it is not one that was written so
   */
  static Optional<Snapshot> snapshot(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(SNAPSHOT);
    if (value == null) {
      return Optional.empty();
    }
    Map<String, AttributeValue> map = value.m();
    String state = item.containsKey(PACKED) ? unpacked(item).getLast() : text(map, STATE);
    try {
      RecentCommands commands = RecentCommands.of(bytes(map, COMMANDS));
      return Optional.of(new Snapshot((int) number(map, SCHEMA), state, commands));
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("A snapshot is broken: " + e.getClass().getSimpleName());
    }
  }

  private static List<RecordedEvent> events(Map<String, AttributeValue> item) {
    List<RecordedEvent> events = item.containsKey(PACKED) ? packed(item) : plain(item);
    if (events.isEmpty()) {
      throw new UnreadableException("A commit without " + EVENTS);
    }
    return events;
  }

  private static List<RecordedEvent> packed(Map<String, AttributeValue> item) {
    List<String> texts = unpacked(item);
    List<RecordedEvent> events = new ArrayList<>();
    for (int i = 0; i + 2 < texts.size(); i += 3) {
      events.add(
          new RecordedEvent(texts.get(i), Integer.parseInt(texts.get(i + 1)), texts.get(i + 2)));
    }
    return events;
  }

  private static List<String> unpacked(Map<String, AttributeValue> item) {
    return DeflatedText.unpack(bytes(item, PACKED));
  }

  private static List<RecordedEvent> plain(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(EVENTS);
    if (value == null || !value.hasL()) {
      throw new UnreadableException("A commit without " + EVENTS);
    }
    return value.l().stream().map(event -> event(event.m())).toList();
  }

  private static RecordedEvent event(Map<String, AttributeValue> event) {
    return new RecordedEvent(text(event, TYPE), (int) number(event, SCHEMA), text(event, DATA));
  }

  private static byte[] bytes(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.b() == null) {
      throw new UnreadableException("A commit without " + name);
    }
    return value.b().asByteArrayUnsafe();
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.s() == null) {
      throw new UnreadableException("A commit without " + name);
    }
    return value.s();
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.n() == null) {
      throw new UnreadableException("A commit without " + name);
    }
    return Long.parseLong(value.n());
  }
}
