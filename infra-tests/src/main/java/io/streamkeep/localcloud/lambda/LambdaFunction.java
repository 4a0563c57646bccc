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
import java.util.function.Supplier;

/** A function with its execution environments; invocations beyond their limit are queued. */
public final class LambdaFunction {
  /** The largest event and the largest response, in bytes. */
  public static final int MAX_PAYLOAD = 6_291_556;

  private final FunctionSpec spec;
  private final Launcher launcher;
  private final Optional<ClassArchive> archive;
  private final Semaphore permits;
  private final Supplier<Faults> faults;
  private final Deque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
  private final Set<ExecutionEnvironment> all = ConcurrentHashMap.newKeySet();

  LambdaFunction(
      FunctionSpec spec,
      Launcher launcher,
      Optional<ClassArchive> archive,
      int limit,
      Supplier<Faults> faults) {
    this.spec = spec;
    this.launcher = launcher;
    this.archive = archive;
    this.permits = new Semaphore(limit, true);
    this.faults = faults;
  }

  public FunctionSpec spec() {
    return spec;
  }

  /**
   * Returns when the function has answered, failed, or timed out.
   *
   * @throws InvocationThrottledException if Lambda throttles the invocation
   */
  public InvocationResult invoke(String event, String trace) throws InterruptedException {
    if (faults.get().throttlesInvocation(spec.id())) {
      throw new InvocationThrottledException(spec.id());
    }
    Invocation invocation = Invocation.of(event, trace, faults.get().clockJump(spec.id()));
    permits.acquire();
    try {
      ExecutionEnvironment environment = environment();
      try {
        environment.handle(invocation);
      } finally {
        release(environment);
      }
    } finally {
      permits.release();
    }
    return invocation.result().join();
  }

  private ExecutionEnvironment environment() {
    while (true) {
      ExecutionEnvironment environment = idle.pollFirst();
      if (environment == null) {
        return start();
      }
      if (environment.usable()) {
        return environment;
      }
      all.remove(environment);
    }
  }

  private void release(ExecutionEnvironment environment) {
    if (environment.usable()) {
      idle.addFirst(environment);
    } else {
      environment.kill();
      all.remove(environment);
    }
  }

  private ExecutionEnvironment start() {
    ExecutionEnvironment environment =
        launcher.start(spec, archive.map(ClassArchive::options).orElse(List.of()));
    all.add(environment);
    return environment;
  }

  /** Starts an environment ahead of the first event. */
  public void prewarm() {
    idle.addFirst(start());
  }

  /** The process ids of the environments. */
  public List<Long> environments() {
    return all.stream()
        .filter(ExecutionEnvironment::usable)
        .map(ExecutionEnvironment::pid)
        .toList();
  }

  /** Kills all environments, whatever they are doing, and waits until they are gone. */
  public void kill() {
    List.copyOf(all).forEach(ExecutionEnvironment::kill);
  }

  /** Ends all environments; one of them may write the function's class archive on exit. */
  void end() {
    if (archive.isPresent() && archive.get().isWritten()) {
      List.copyOf(all).forEach(ExecutionEnvironment::terminate);
    }
    kill();
    archive.ifPresent(ClassArchive::publish);
  }
}
