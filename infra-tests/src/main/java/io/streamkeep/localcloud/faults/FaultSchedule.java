package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Faults as a seed decides them: the same ones for the same records and calls in the same order.
 * What is held back when the local cloud is closed is lost.
 */
public final class FaultSchedule implements Faults {
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan");

  private final Draw draw;
  private final InstantSource clock;
  private final ConcurrentMap<String, Detour<JsonObject>> shards = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Detour<Message>> queues = new ConcurrentHashMap<>();

  public FaultSchedule(long seed, List<Fault> faults) {
    this(seed, faults, InstantSource.system());
  }

  FaultSchedule(long seed, List<Fault> faults, InstantSource clock) {
    this.draw = new Draw(seed, faults, clock);
    this.clock = clock;
  }

  /**
   * Reads what is written on the command line, such as
   * duplicate=0.05,delay=0.1:by=2s,throttle@ViewsTable=1/50:max=10,seed=7.
   *
   * @throws BadFaultException if it can't be read
   */
  public static FaultSchedule parse(String text) {
    FaultText read = FaultText.parse(text);
    return new FaultSchedule(read.seed(), read.faults());
  }

  /** How often each kind of fault happened that is in the schedule. */
  public Map<FaultKind, Long> injected() {
    return draw.injected();
  }

  /** Such as "duplicate 12, delay 0". */
  public String figures() {
    return injected().entrySet().stream()
        .map(count -> count.getKey().text() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  /** From now on nothing goes wrong, and what is held back comes. */
  public void stop() {
    draw.stop();
  }

  @Override
  public void begin(Set<String> names) {
    Set<String> known = new HashSet<>(names);
    known.addAll(WRITES);
    known.addAll(READS);
    draw.requireTargets(known);
  }

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return shards
        .computeIfAbsent(
            place(function, shard),
            place -> new Detour<>(FaultSchedule::item, new Boundary(place, function, true), clock))
        .pass(records);
  }

  private static String item(JsonObject record) {
    return String.valueOf(record.getJsonObject("dynamodb").getJsonObject("Keys"));
  }

  @Override
  public boolean holdsRecords(String function, String shard) {
    Detour<JsonObject> records = shards.get(place(function, shard));
    return records != null && records.holds();
  }

  private static String place(String function, String shard) {
    return function + " " + shard;
  }

  @Override
  public boolean splitsShard(String function) {
    return draw.next(FaultKind.SPLIT, function, Set.of(function)).isPresent();
  }

  @Override
  public List<Message> queueMessages(String function, List<Message> messages) {
    return queues
        .computeIfAbsent(
            function,
            place -> new Detour<>(Message::messageId, new Boundary(place, function, false), clock))
        .pass(messages);
  }

  @Override
  public Duration clockJump(String function) {
    return draw.next(FaultKind.CLOCK_JUMP, function, Set.of(function))
        .map(
            fault ->
                draw.roll(FaultKind.CLOCK_JUMP, function, 2) == 0
                    ? fault.by()
                    : fault.by().negated())
        .orElse(Duration.ZERO);
  }

  @Override
  public boolean movesClocks() {
    return draw.has(FaultKind.CLOCK_JUMP);
  }

  @Override
  public void call(DatabaseCall call, Phase phase) {
    String operation = call.operation().replaceFirst("^DynamoDB\\.", "");
    boolean writes = WRITES.contains(operation);
    if (call.function().isEmpty() || !(writes || READS.contains(operation))) {
      return;
    }
    Set<String> names = new HashSet<>(call.tables());
    names.add(call.function());
    names.add(operation);
    if (phase == Phase.BEFORE) {
      before(call.function(), names, writes);
    } else if (writes && draw.next(FaultKind.KILL_AFTER, call.function(), names).isPresent()) {
      throw new KilledCallerException();
    }
  }

  private void before(String function, Set<String> names, boolean writes) {
    if (draw.next(FaultKind.THROTTLE, function, names).isPresent()) {
      throw new ThrottledCallException();
    }
    if (writes && draw.next(FaultKind.KILL_BEFORE, function, names).isPresent()) {
      throw new KilledCallerException();
    }
    Optional<Fault> timeout = draw.next(FaultKind.TIMEOUT, function, names);
    if (timeout.isPresent()) {
      throw new HungCallerException(timeout.get().by());
    }
  }

  /** Between a place and a function. */
  private final class Boundary implements Detour.Decisions {
    private final String place;
    private final Set<String> names;

    /** Whether what does not come in time is gone: a queue keeps it. */
    private final boolean trims;

    Boundary(String place, String function, boolean trims) {
      this.place = place;
      this.names = Set.of(function);
      this.trims = trims;
    }

    @Override
    public Optional<Fault> next(FaultKind kind) {
      return kind == FaultKind.DROP && !trims ? Optional.empty() : draw.next(kind, place, names);
    }

    @Override
    public int roll(FaultKind kind, int bound) {
      return draw.roll(kind, place, bound);
    }

    @Override
    public boolean over() {
      return draw.stopped();
    }
  }
}
