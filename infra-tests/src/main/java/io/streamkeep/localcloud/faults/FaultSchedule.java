package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Faults decided by a seed: the same ones for the same records and calls in the same order. Items
 * that are held back when the local cloud is closed are lost.
 */
public class FaultSchedule implements Faults {
  /** The kinds that are drawn before the effect of a call, in this order. */
  private static final List<FaultKind> BEFORE =
      List.of(
          FaultKind.THROTTLE,
          FaultKind.UNAVAILABLE,
          FaultKind.CONFLICT,
          FaultKind.PARTIAL,
          FaultKind.KILL_BEFORE,
          FaultKind.TIMEOUT);

  private static final List<FaultKind> AFTER = List.of(FaultKind.KILL_AFTER);

  /** The number of forms that a fault at a call can have. */
  private static final int FORMS = 1_000;

  private final FaultInjector injector;
  private final InstantSource clock;
  private final ConcurrentMap<String, DelayedRoute<JsonObject>> shards = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, DelayedRoute<Message>> queues = new ConcurrentHashMap<>();

  public FaultSchedule(long seed, List<Fault> faults) {
    this(seed, faults, InstantSource.system());
  }

  FaultSchedule(long seed, List<Fault> faults, InstantSource clock) {
    this.injector = new FaultInjector(seed, faults, clock);
    this.clock = clock;
  }

  /** A schedule as {@link #parse} reads it. */
  protected FaultSchedule(String text) {
    this(FaultText.parse(text));
  }

  private FaultSchedule(FaultText text) {
    this(text.seed(), text.faults());
  }

  /**
   * Reads faults as they are written on the command line, such as
   * duplicate=0.05,delay=0.1:by=2s,throttle@ViewsTable=1/50:max=10,seed=7.
   *
   * @throws BadFaultException if they cannot be read
   */
  public static FaultSchedule parse(String text) {
    return new FaultSchedule(text);
  }

  /** The number of times that each kind of fault in the schedule was injected. */
  public Map<FaultKind, Long> injected() {
    return injector.injected();
  }

  /** The counts as text, such as "duplicate 12, delay 0". */
  public String figures() {
    return injected().entrySet().stream()
        .map(count -> count.getKey().text() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Stops all faults, and delivers the items held back. */
  public void stop() {
    injector.stop();
  }

  @Override
  public void begin(FaultTargets targets) {
    injector.faults().forEach(targets::require);
  }

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return shards
        .computeIfAbsent(
            point(function, shard),
            point -> new DelayedRoute<>(at(point, function), true, FaultSchedule::item, clock))
        .pass(records);
  }

  private FaultInjector.InjectionPoint at(String point, String function) {
    return new FaultInjector.InjectionPoint(injector, point, Set.of(function));
  }

  private static String item(JsonObject record) {
    return String.valueOf(record.getJsonObject("dynamodb").getJsonObject("Keys"));
  }

  @Override
  public boolean holdsRecords(String function, String shard) {
    DelayedRoute<JsonObject> records = shards.get(point(function, shard));
    return records != null && records.holds();
  }

  private static String point(String function, String shard) {
    return function + " " + shard;
  }

  @Override
  public boolean splitsShard(String function) {
    return at(function, function).next(FaultKind.SPLIT).isPresent();
  }

  @Override
  public boolean rollsShardOver(String function) {
    return at(function, function).next(FaultKind.ROLLOVER).isPresent();
  }

  @Override
  public List<Message> queueMessages(String function, List<Message> messages) {
    return queues
        .computeIfAbsent(
            function,
            point -> new DelayedRoute<>(at(point, function), false, Message::messageId, clock))
        .pass(messages);
  }

  @Override
  public boolean throttlesInvocation(String function) {
    return at(function, function).next(FaultKind.THROTTLE_INVOKE).isPresent();
  }

  @Override
  public Duration clockJump(String function) {
    FaultInjector.InjectionPoint point = at(function, function);
    return point
        .next(FaultKind.CLOCK_JUMP)
        .map(fault -> fault.by().multipliedBy(point.random(FaultKind.CLOCK_JUMP, 2) == 0 ? 1 : -1))
        .orElse(Duration.ZERO);
  }

  @Override
  public boolean movesClocks() {
    return injector.has(FaultKind.CLOCK_JUMP);
  }

  @Override
  public void call(ServiceCall call, Phase phase) {
    if (call.function().isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>(call.resources());
    names.add(call.function());
    names.add(call.action());
    FaultInjector.InjectionPoint point =
        new FaultInjector.InjectionPoint(injector, call.function(), names);
    for (FaultKind kind : phase == Phase.BEFORE ? BEFORE : AFTER) {
      if (kind.actions().stream().anyMatch(action -> action.text().equals(call.action()))) {
        point
            .next(kind)
            .ifPresent(
                fault -> {
                  throw new CallFaultException(kind, fault.by(), point.random(kind, FORMS));
                });
      }
    }
  }
}
