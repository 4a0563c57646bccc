package io.streamkeep.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A bash that runs one block after the other and keeps variables and functions. */
final class ShellSession implements AutoCloseable {

  private static final String END = "-- end of block --";

  private final Process bash;
  private final BufferedWriter input;
  private final BufferedReader output;

  ShellSession(Path folder) throws IOException {
    this.bash =
        new ProcessBuilder("bash", "-euo", "pipefail")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    this.input = bash.outputWriter(UTF_8);
    this.output = bash.inputReader(UTF_8);
  }

  /**
   * Runs a block and returns its output.
   *
   * @throws java.util.concurrent.ExecutionException if a command of the block fails; the session
   *     has ended then
   */
  String run(String block, Duration limit) throws Exception {
    input.write(block + "\nprintf '\\n%s\\n' '" + END + "'\n");
    input.flush();
    return CompletableFuture.supplyAsync(this::read).get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String read() {
    StringBuilder text = new StringBuilder();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(END)) {
          return text.toString();
        }
        text.append(line).append('\n');
      }
    } catch (IOException e) {
      text.append(e);
    }
    throw new IllegalStateException("A command of the block failed:\n" + text);
  }

  @Override
  public void close() {
    bash.descendants().forEach(ProcessHandle::destroyForcibly);
    bash.destroyForcibly();
  }
}
