package io.streamkeep.functions.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.IdempotencyKey;
import io.streamkeep.aws.http.OutcomeResponses;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.operations.Redrive;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.domain.operations.RedriveCommand;
import io.streamkeep.domain.operations.RedriveDecider;
import io.streamkeep.domain.operations.RedriveEvent;
import io.streamkeep.domain.operations.RedriveEventCodec;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandExecutor;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Redrives a selection of parked positions, and records that in its own stream. */
final class RedriveResource {

  static final Set<String> PARAMETERS = Set.of("subscriber", "stream", "all", "dry-run");

  private static final int MAX_DRY_RUN = 100;

  /** Time to send the last page and to record the end. */
  private static final Duration RESERVE = Duration.ofSeconds(8);

  private final ParkedResource parked;
  private final Redriver redriver;
  private final CommandHandler<RedriveCommand, RedriveEvent, Redrive> redrives;

  RedriveResource(ParkedResource parked, Redriver redriver, CommandExecutor executor) {
    RedriveDecider decider = new RedriveDecider();
    this.parked = parked;
    this.redriver = redriver;
    this.redrives =
        new CommandHandler<>(
            executor, decider, new Aggregate<>(decider, new RedriveEventCodec(), null));
  }

  /** A repeat of a partly executed request executes all of it again, which is idempotent. */
  HttpResponse redrive(HttpRequest request, LogLine line) {
    refuseBody(request);
    requireAllOrSelection(request);
    Selection selection = parked.selection(request);
    if (QueryParameters.flag(request, "dry-run")) {
      return dryRun(selection);
    }
    Execution execution = new Execution(request, line, IdempotencyKey.of(request));
    line.stream(execution.stream());
    return HttpResponse.json(
        200,
        Json.object()
            .add("id", execution.stream().key())
            .add("redriven", execution.run(selection))
            .build()
            .toString());
  }

  /** Refuses a body, since a selection in it would be ignored. */
  private static void refuseBody(HttpRequest request) {
    if (request.body().asByteArrayUnsafe().length > 0) {
      throw Problem.badInput(
              List.of(new InputError.At("", "must be empty: put the selection into the query")))
          .exception();
    }
  }

  private static void requireAllOrSelection(HttpRequest request) {
    boolean all = QueryParameters.flag(request, "all");
    boolean selected =
        request.query("subscriber").isPresent() || request.query("stream").isPresent();
    if (all && selected) {
      throw Problem.badParameter("all", "excludes subscriber and stream").exception();
    }
    if (!all && !selected) {
      throw Problem.badParameter("all", "must be true unless subscriber or stream is given")
          .exception();
    }
  }

  private HttpResponse dryRun(Selection selection) {
    List<Parked> selected = redriver.parked().page(selection, null, MAX_DRY_RUN);
    return HttpResponse.json(
        200, ParkedResource.write(selected).add("dryRun", true).build().toString());
  }

  /** One redrive under its idempotency key. */
  private final class Execution {

    private final HttpRequest request;
    private final LogLine line;
    private final CommandId id;

    Execution(HttpRequest request, LogLine line, CommandId id) {
      this.request = request;
      this.line = line;
      this.id = id;
    }

    private StreamId stream() {
      return StreamId.createdBy(id, Redrive.CATEGORY);
    }

    /** Returns the number of positions sent, now or by an earlier attempt. */
    private long run(Selection selection) {
      command(id, new RedriveCommand.Request(selection));
      Redrive current = command(CommandId.of("inspect", id.value()), new RedriveCommand.Inspect());
      if (current instanceof Redrive.Completed(Selection unused, long sent)) {
        return sent;
      }
      long sent = redriver.redrive(selection, stream().key(), request.deadline().minus(RESERVE));
      Redrive completed =
          command(CommandId.of("completed", id.value()), new RedriveCommand.Complete(sent));
      return completed instanceof Redrive.Completed(Selection unused, long first) ? first : sent;
    }

    private Redrive command(CommandId commandId, RedriveCommand command) {
      String payload =
          command instanceof RedriveCommand.Request(Selection selection)
              ? selection.subscriber() + "\n" + selection.stream()
              : "";
      CommandEnvelope<RedriveCommand> envelope =
          new CommandEnvelope<>(
              commandId,
              Fingerprint.of("redrive", payload.getBytes(UTF_8)),
              commit -> true,
              request.deadline(),
              request.metadata(),
              command);
      return OutcomeResponses.completed(
              redrives.handle(stream(), envelope, OutcomeResponses.attemptEvents(line)), line)
          .state();
    }
  }
}
