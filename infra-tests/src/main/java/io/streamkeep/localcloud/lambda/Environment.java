package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.template.FunctionSpec;


import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An execution environment: a process that handles one event at a time, until it ends. */
final class Environment {
  /** What Lambda grants an initialization before it starts over within the time-out. */
  private static final Duration INIT = Duration.ofSeconds(10);

  /** What it grants that and the hooks before a snapshot, where that is taken. */
  private static final Duration SNAPSHOT = Duration.ofSeconds(130);

  private final String id;
  private final FunctionSpec function;
  private final Process process;
  private final Telemetry telemetry;
  private final LongConsumer onSnapshot;

  /** Empty for "there is no process any more". */
  private final BlockingQueue<Optional<Invocation>> handover = new LinkedBlockingQueue<>();

  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
  private final AtomicReference<@Nullable Invocation> hung = new AtomicReference<>();
  private volatile @Nullable String initError;

  Environment(
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
    Thread.ofVirtual().start(() -> copyLines(process, telemetry));
    var unused = process.onExit().thenRun(this::atExit);
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

  boolean usable() {
    return process.isAlive() && !Boolean.FALSE.equals(ready.getNow(true));
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Gives the event to the process; whatever becomes of that, the invocation gets a result. */
  void handle(Invocation invocation) throws InterruptedException {
    current.set(invocation);
    telemetry.invoked();
    try {
      Duration limit = Duration.ofSeconds(function.timeout());
      if (within(ready, limit.plus(function.snapStart() ? SNAPSHOT : INIT)) && process.isAlive()) {
        handover.add(Optional.of(invocation));
        within(invocation.result(), limit);
      } else if (ready.isDone()) {
        failEnded(invocation);
      }
      if (!invocation.result().isDone()) {
        timedOut(invocation);
      }
    } finally {
      current.set(null);
    }
  }

  private void failEnded(Invocation invocation) {
    String error = initError;
    if (error != null) {
      invocation.fail(error);
    } else {
      invocation.fail("Runtime.ExitError", "Runtime exited with error: " + exit());
    }
  }

  private void timedOut(Invocation invocation) {
    current.set(null); // or the kill would be reported as a crash
    kill();
    invocation.fail(
        "Sandbox.Timedout",
        String.format(Locale.ROOT, "Task timed out after %d.00 seconds", function.timeout()));
  }

  /**
   * The invocation under way ends as by the time-out, and before that nothing more comes of it.
   * Returns then.
   *
   * @param after when that is; zero for when the time-out is over
   */
  void hang(Duration after) {
    Invocation invocation = current.get();
    if (invocation == null) {
      return;
    }
    hung.set(invocation);
    try {
      Duration limit = after.isZero() ? Duration.ofSeconds(function.timeout()) : after;
      if (!within(invocation.result(), limit)) {
        timedOut(invocation);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean ended() {
    return !process.isAlive();
  }

  /** Returns at once if the environment does not hang; throws when it is ended. */
  void awaitEndIfHung() {
    Invocation invocation = hung.get();
    if (invocation != null) {
      invocation.result().join();
      throw new IllegalStateException(function.id() + " timed out before this call");
    }
  }

  /** The process is ready for its snapshot; it is its own only restoration. */
  void restore() {
    onSnapshot.accept(process.pid());
  }

  /** The process asks for its next event: it waits here until there is one. */
  Optional<Invocation> next() throws InterruptedException {
    ready.complete(true);
    return handover.take();
  }

  /** The invocation under way, if it is this one. */
  Optional<Invocation> current(String requestId) {
    return Optional.ofNullable(current.get())
        .filter(invocation -> invocation.requestId().equals(requestId))
        .filter(invocation -> !invocation.equals(hung.get()));
  }

  void initFailed(String error) {
    initError = error;
    ready.complete(false);
  }

  private void atExit() {
    handover.add(Optional.empty());
    if (!ready.complete(false)) {
      Optional.ofNullable(current.get()).ifPresent(this::failEnded);
    }
  }

  private String exit() {
    int status = process.onExit().join().exitValue();
    return status > 128 ? "signal: " + (status - 128) : "exit status " + status;
  }

  /** Whether it became true in time; any other end than that counts as no. */
  private static <T> boolean within(CompletableFuture<T> future, Duration limit)
      throws InterruptedException {
    try {
      return !Boolean.FALSE.equals(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  private static void copyLines(Process process, Telemetry telemetry) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(telemetry::line);
    } catch (IOException | UncheckedIOException e) {
      telemetry.line("(the log ends here: " + e.getMessage() + ")");
    }
  }
}
