package io.streamkeep.localcloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A function for tests: records each event in the folder PROBE, then does what the event says
 * ("do:exit"), or else the next step that the test put into the folder, or else nothing.
 */
public final class Probe implements RequestStreamHandler {
  private static final Path FOLDER = Path.of(System.getenv().getOrDefault("PROBE", "."));

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println("got " + event.length() + " characters, ü");
    Files.writeString(
        FOLDER.resolve("events"),
        event + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    String step = event.startsWith("do:") ? event.substring(3) : next(1);
    out.write(act(step, event, context).getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the step with the lowest number; the process that deletes its file owns it. */
  private static String next(int number) throws IOException {
    Path file = FOLDER.resolve("step" + number);
    try {
      String step = Files.readString(file);
      Files.delete(file);
      return step;
    } catch (NoSuchFileException e) {
      return number < 20 ? next(number + 1) : "";
    }
  }

  private static String act(String step, String event, Context context) throws IOException {
    String[] parts = step.split(" ", 2);
    return switch (parts[0]) {
      case "reply" -> parts[1];
      case "large" -> "x".repeat(Integer.parseInt(parts[1]));
      case "throw" -> throw new IllegalStateException(parts[1]);
      case "exit" -> exit();
      case "sleep" -> sleep(Long.parseLong(parts[1]));
      case "slow" -> slow(parts[1], event);
      case "pid" -> String.valueOf(ProcessHandle.current().pid());
      case "env" ->
          new TreeMap<>(System.getenv())
              .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\n"));
      case "context" ->
          String.join(
              " ",
              context.getAwsRequestId(),
              context.getInvokedFunctionArn(),
              String.valueOf(context.getRemainingTimeInMillis()));
      case "clocks" ->
          String.join(
              " ",
              String.valueOf(Instant.now().toEpochMilli()),
              String.valueOf(Clock.systemUTC().millis()),
              String.valueOf(InstantSource.system().millis()),
              String.valueOf(context.getRemainingTimeInMillis()));
      case "put" -> put(parts[1]);
      case "call" -> call(parts[1]);
      default -> "";
    };
  }

  private static String exit() {
    Runtime.getRuntime().halt(3);
    return "";
  }

  private static String sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "slept";
  }

  /** Sleeps on an event that contains the text, of "TEXT MILLIS". */
  private static String slow(String step, String event) {
    String[] parts = step.split(" ", 2);
    return event.contains(parts[0]) ? sleep(Long.parseLong(parts[1])) : "";
  }

  private static String put(String key) throws IOException {
    String item = "{\"TableName\":\"%s\",\"Item\":{\"id\":{\"S\":\"%s\"}}}";
    return "put "
        + call("DYNAMODB DynamoDB_20120810.PutItem " + item.formatted(System.getenv("TABLE"), key))
            .substring(0, 3);
  }

  /**
   * Sends "SERVICE TARGET BODY"; returns the status, the error code in the headers, and the body.
   */
  private static String call(String request) throws IOException {
    String[] parts = request.split(" ", 3);
    HttpURLConnection call =
        (HttpURLConnection)
            URI.create(System.getenv("AWS_ENDPOINT_URL_" + parts[0])).toURL().openConnection();
    call.setDoOutput(true);
    call.setRequestProperty("X-Amz-Target", parts[1]);
    call.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    call.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + System.getenv("AWS_ACCESS_KEY_ID")
            + "/20260101/us-east-1/any/aws4_request, SignedHeaders=host, Signature=0");
    call.setRequestProperty("X-Amz-Security-Token", System.getenv("AWS_SESSION_TOKEN"));
    try (OutputStream body = call.getOutputStream()) {
      body.write(parts[2].getBytes(StandardCharsets.UTF_8));
    }
    int status = call.getResponseCode();
    try (InputStream answer = status < 400 ? call.getInputStream() : call.getErrorStream()) {
      return status
          + " "
          + call.getHeaderField("x-amzn-query-error")
          + " "
          + new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
