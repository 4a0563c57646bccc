package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.template.FunctionSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An execution environment: a process that handles one event at a time, until it ends. */
public final class ExecutionEnvironment {
  /** The time Lambda grants an initialization before it starts over within the time-out. */
  private static final Duration INIT = Duration.ofSeconds(10);

  /** The time it grants initialization and hooks before a snapshot. */
  private static final Duration SNAPSHOT = Duration.ofSeconds(130);

  private static final Duration EXIT = Duration.ofSeconds(20);

  private final String id;
  private final FunctionSpec function;
  private final Process process;
  private final LongConsumer onSnapshot;
  private final Telemetry telemetry;

  /** An empty element ends the wait for the next event: the process is gone. */
  private final BlockingQueue<Optional<Invocation>> events = new LinkedBlockingQueue<>();

  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile @Nullable Invocation current;
  private volatile @Nullable Invocation hung;
  private volatile @Nullable String initError;

  ExecutionEnvironment(
      String id,
      FunctionSpec function,
      Process process,
      LongConsumer onSnapshot,
      Telemetry telemetry) {
    this.id = id;
    this.function = function;
    this.process = process;
    this.onSnapshot = onSnapshot;
    this.telemetry = telemetry;
    Thread.ofVirtual().start(this::copyLog);
    var unused = process.onExit().thenRun(this::exited);
  }

  String id() {
    return id;
  }

  FunctionSpec function() {
    return function;
  }

  long pid() {
    return process.pid();
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  boolean usable() {
    return process.isAlive() && !Boolean.FALSE.equals(ready.getNow(true));
  }

  /** Kills the process and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Terminates the process and lets the JVM run its shutdown. */
  void terminate() {
    process.destroy();
    process.onExit().completeOnTimeout(process, EXIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Passes the event to the process; the invocation gets a result in any case. */
  void handle(Invocation invocation) throws InterruptedException {
    current = invocation;
    telemetry.invoked();
    try {
      Duration limit = Duration.ofSeconds(function.timeout());
      if (within(ready, limit.plus(function.snapStart() ? SNAPSHOT : INIT)) && process.isAlive()) {
        events.add(Optional.of(invocation));
        within(invocation.result(), limit);
      } else if (ready.isDone()) {
        failEnded(invocation);
      }
      if (!invocation.result().isDone()) {
        timeOut(invocation);
      }
    } finally {
      current = null;
    }
  }

  private void failEnded(Invocation invocation) {
    String error = initError;
    if (error != null) {
      invocation.fail(error);
    } else {
      fail(invocation, "Runtime.ExitError", "Runtime exited with error: " + exit());
    }
  }

  private void timeOut(Invocation invocation) {
    current = null; // or the kill would be reported as a crash
    kill();
    fail(
        invocation,
        "Sandbox.Timedout",
        String.format(Locale.ROOT, "Task timed out after %d.00 seconds", function.timeout()));
  }

  /** Reports the failure of a process that can't report it itself, as Lambda does, and logs it. */
  private void fail(Invocation invocation, String type, String message) {
    telemetry.line("%s %s %s".formatted(Instant.now(), invocation.requestId(), message));
    invocation.fail(type, message);
  }

  /**
   * Hangs the current invocation: its calls and its response have no effect until it times out.
   * Returns at the time-out.
   *
   * @param after when it times out; zero for the function's own time-out
   */
  public void hang(Duration after) {
    Invocation invocation = current;
    if (invocation == null) {
      return;
    }
    hung = invocation;
    try {
      Duration limit = after.isZero() ? Duration.ofSeconds(function.timeout()) : after;
      if (!within(invocation.result(), limit)) {
        timeOut(invocation);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True if the environment was killed or hangs; if it hangs, waits until it has ended. */
  public boolean endedOrHung() {
    Invocation invocation = hung;
    if (invocation != null) {
      invocation.result().join();
    }
    return invocation != null || !process.isAlive();
  }

  /** Restores the environment from its snapshot, which is the process as it is. */
  void restore() {
    onSnapshot.accept(process.pid());
  }

  /** Waits for the next event of the process; empty if the process is gone. */
  Optional<Invocation> next() throws InterruptedException {
    ready.complete(true);
    return events.take();
  }

  /** The current invocation, if it has this id and does not hang. */
  Optional<Invocation> current(String requestId) {
    return Optional.ofNullable(current)
        .filter(invocation -> invocation.requestId().equals(requestId) && !invocation.equals(hung));
  }

  void initFailed(String error) {
    initError = error;
    ready.complete(false);
  }

  private void exited() {
    events.add(Optional.empty());
    if (!ready.complete(false)) {
      Optional.ofNullable(current).ifPresent(this::failEnded);
    }
  }

  private String exit() {
    int status = process.onExit().join().exitValue();
    return status > 128 ? "signal: " + (status - 128) : "exit status " + status;
  }

  /** True if the future completes in time, normally, and not with false. */
  private static <T> boolean within(CompletableFuture<T> future, Duration limit)
      throws InterruptedException {
    try {
      return !Boolean.FALSE.equals(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  private void copyLog() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(telemetry::line);
    } catch (IOException | UncheckedIOException e) {
      telemetry.line("(the log ends here: " + e.getMessage() + ")");
    }
  }
}
