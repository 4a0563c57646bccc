package io.streamkeep.cli;

import io.streamkeep.console.FileErrors;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.faults.BadFaultException;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.iam.RoleException;
import io.streamkeep.localcloud.template.TemplateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The up command: runs the local cloud until it is interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Runs everything in template.yaml on this machine until Ctrl-C.")
final class Up implements Callable<Integer> {
  private static final int INVALID_INPUT = 2;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--port",
      defaultValue = "3000",
      paramLabel = "PORT",
      description = "The API's port (default: ${DEFAULT-VALUE}; 0 for any).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep all state in this folder (default: in memory only).")
  private @Nullable Path data;

  @Option(
      names = "--faults",
      paramLabel = "FAULTS",
      description = {
        "Faults to inject, such as duplicate=0.05,throttle@ViewsTable=1/50,seed=7.",
        "Kinds: duplicate, delay, reorder, drop, split, rollover, kill-before, kill-after,"
            + " throttle, unavailable, conflict, partial, timeout, throttle-invoke, clock-jump."
            + " Each can be limited to @FUNCTION, @TABLE, @QUEUE or @OPERATION, has a probability"
            + " (0.05) or frequency (1/50), and takes :by=TIME, :from=TIME, :to=TIME and :max=N."
      })
  private @Nullable String faults;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path root = Path.of(System.getProperty("streamkeep.root", ".")).toAbsolutePath().normalize();
    out.println("Starting what template.yaml describes: DynamoDB, SQS, the functions, the API …");
    out.flush();
    try {
      FaultSchedule schedule =
          faults == null ? new FaultSchedule(0, List.of()) : FaultSchedule.parse(faults);
      LocalCloud cloud =
          LocalCloud.of(root.resolve("template.yaml"))
              .port(port)
              .data(data)
              .prewarm(true)
              .faults(schedule)
              .log(this::print)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud, schedule)));
      print(welcome(cloud.apiUrl(), cloud.dynamoDbEndpoint(), cloud.sqsEndpoint(), state(), root));
      new CountDownLatch(1).await();
      return 0;
    } catch (BindException e) {
      return fail(
          "port "
              + port
              + " is in use: stop the process that uses it, or choose another with --port",
          1);
    } catch (BadFaultException e) {
      return fail("--faults: " + e.getMessage(), INVALID_INPUT);
    } catch (TemplateException | RoleException e) {
      return fail(String.valueOf(e.getMessage()), 1);
    } catch (IOException e) {
      return fail(FileErrors.describe(e), 1);
    }
  }

  private void checkOptions() {
    if (port < 0 || port > MAX_PORT) {
      throw refused("--port must be from 0 to " + MAX_PORT);
    }
    if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
      throw refused("--data " + data + ": not a folder");
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void stop(LocalCloud cloud, FaultSchedule schedule) {
    print("\nStopping …");
    schedule.stop();
    cloud.close();
    if (faults != null) {
      print("What went wrong: " + schedule.figures());
    }
    print("Stopped.");
  }

  private int fail(String message, int status) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println("streamkeep up: " + message);
    err.flush();
    return status;
  }

  private void print(String line) {
    System.out.println(line);
  }

  private String state() {
    return data == null ? "in memory, gone when this stops" : "kept in " + data.toAbsolutePath();
  }

  static String welcome(URI api, URI dynamoDb, URI sqs, String state, Path root) {
    return """

    API       %s
    DynamoDB  %s
    SQS       %s
    State     %s
    Documents %s
    OpenAPI   %s

    The API takes unsigned requests here, and only from this machine: it listens on 127.0.0.1.
    Deployed, every request has to be signed (AWS_IAM).

    A first order:

      curl -i %s/orders \\
        -H 'Content-Type: application/json' \\
        -H 'Idempotency-Key: my-first-order' \\
        -d '{"customer": "14479", "currency": "GBP", "lines": [{"sku": "22084", \
    "description": "PAPER CHAIN KIT EMPIRE", "quantity": 6, "unitPrice": 295}]}'

    Ctrl-C stops it.
    """
        .formatted(
            api,
            dynamoDb,
            sqs,
            state,
            root.resolve("shared/docs/README.md"),
            root.resolve("functions/api.yaml"),
            api);
  }
}
