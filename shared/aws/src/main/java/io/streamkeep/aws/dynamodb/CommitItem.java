package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.MetadataFields;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A commit as an item of the events table. Stored format: {@code stream} (S, partition key), {@code
 * commit} (N, sort key), {@code version} (N), {@code time} (S, ISO 8601), {@code command} (S),
 * {@code fingerprint} (S), {@code events} (L of M: {@code type} S, {@code schema} N, {@code data}
 * S, a JSON object), and those of {@link MetadataFields} (S).
 */
public final class CommitItem {

  static final String STREAM = "stream";
  static final String COMMIT = "commit";
  private static final String VERSION = "version";
  private static final String TIME = "time";
  private static final String COMMAND = "command";
  private static final String FINGERPRINT = "fingerprint";
  private static final String EVENTS = "events";
  private static final String TYPE = "type";
  private static final String SCHEMA = "schema";
  private static final String DATA = "data";

  private CommitItem() {}

  static Map<String, AttributeValue> write(Commit commit) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(STREAM, fromS(commit.stream().toString()));
    item.put(COMMIT, fromN(Long.toString(commit.number())));
    item.put(VERSION, fromN(Long.toString(commit.version())));
    item.put(TIME, fromS(commit.time().toString()));
    item.put(COMMAND, fromS(commit.command().value()));
    item.put(FINGERPRINT, fromS(commit.fingerprint().value()));
    item.put(EVENTS, fromL(commit.events().stream().map(CommitItem::write).toList()));
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

  /** Whose commit an item is, from its key. */
  public static StreamId stream(Map<String, AttributeValue> key) {
    return StreamId.parse(text(key, STREAM));
  }

  /** Which commit an item is, from its key. */
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
          list(item).stream().map(value -> event(value.m())).toList(),
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

  private static RecordedEvent event(Map<String, AttributeValue> event) {
    return new RecordedEvent(text(event, TYPE), (int) number(event, SCHEMA), text(event, DATA));
  }

  private static List<AttributeValue> list(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(EVENTS);
    if (value == null || !value.hasL() || value.l().isEmpty()) {
      throw new UnreadableException("A commit without " + EVENTS);
    }
    return value.l();
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
