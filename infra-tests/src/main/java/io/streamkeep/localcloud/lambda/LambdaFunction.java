package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.template.FunctionSpec;


import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A function with its execution environments; invocations over their bound wait in line. */
public final class LambdaFunction {
  /** In bytes, of an event and of a response. */
  public static final int MAX_PAYLOAD = 6_291_556;

  private final FunctionSpec spec;
  private final Launcher launcher;
  private final Semaphore places;
  private final Supplier<Faults> faults;
  private final Deque<Environment> idle = new ConcurrentLinkedDeque<>();
  private final Set<Environment> all = ConcurrentHashMap.newKeySet();
  private final AtomicInteger kills = new AtomicInteger();

  LambdaFunction(FunctionSpec spec, Launcher launcher, int bound, Supplier<Faults> faults) {
    this.spec = spec;
    this.launcher = launcher;
    this.places = new Semaphore(bound, true);
    this.faults = faults;
  }

  public FunctionSpec spec() {
    return spec;
  }

  /** Returns when the function has answered, has failed, or was ended by its time-out. */
  public InvocationResult invoke(String event, String trace) throws InterruptedException {
    Invocation invocation = Invocation.of(event, trace, faults.get().clockJump(spec.id()));
    places.acquire();
    try {
      Environment environment = environment();
      try {
        environment.handle(invocation);
      } finally {
        putBack(environment);
      }
    } finally {
      places.release();
    }
    return invocation.result().join();
  }

  private Environment environment() {
    while (true) {
      Environment environment = idle.pollFirst();
      if (environment == null) {
        return start();
      }
      if (environment.usable()) {
        return environment;
      }
      all.remove(environment);
    }
  }

  private void putBack(Environment environment) {
    if (environment.usable()) {
      idle.addFirst(environment);
    } else {
      environment.kill();
      all.remove(environment);
    }
  }

  private Environment start() {
    Environment environment = launcher.start(spec);
    all.add(environment);
    return environment;
  }

  /** Starts an environment ahead of the first event. */
  public void prewarm() {
    idle.addFirst(start());
  }

  /** The process ids of the environments that run now. */
  public List<Long> environments() {
    return all.stream().filter(Environment::usable).map(Environment::pid).toList();
  }

  Optional<Environment> environment(String id) {
    return all.stream().filter(environment -> environment.id().equals(id)).findFirst();
  }

  /** How often the environments were killed; a call begun before the last time has no caller. */
  public int kills() {
    return kills.get();
  }

  /**
   * Kills all environments at once, with whatever they are doing, and waits until they are gone.
   */
  public void kill() {
    kills.incrementAndGet();
    List.copyOf(all).forEach(Environment::kill);
  }
}
