package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.ForEachExposedAggregate;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Schemas;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Commands of every aggregate: each is decided by its rules and takes effect once. */
public abstract class AggregateCommandsSuite {

  private final Backend backend;
  private final Api api;

  protected AggregateCommandsSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @ForEachExposedAggregate
  void creation_isAnsweredWithStateCommitAndLocation(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    CommandOperation<?> creation = new AggregateExamples<>(module).creation();

    Response created = aggregate.create(Api.key());

    String id = AggregateApi.key(created);
    assertThat(created.header("Location"))
        .isEqualTo(api.path(AggregateApi.path(creation.route(), "") + "/" + id));
    assertThat(aggregate.commits(id)).hasSize(1);
    assertAnswer(new AggregateExamples<>(module), creation, created, id);
  }

  @ForEachExposedAggregate
  void command_isDecidedByTheRules(AggregateModule<?, ?, ?> module) {
    assertDecided(new AggregateExamples<>(module));
  }

  private <C, E, S> void assertDecided(AggregateExamples<C, E, S> examples) {
    AggregateApi aggregate = new AggregateApi(examples.module(), backend);
    for (List<CommandOperation<C>> sequence : examples.sequences()) {
      String id = aggregate.create();
      for (CommandOperation<C> command : sequence) {
        List<Commit> before = aggregate.commits(id);
        Decision<E> decision = examples.decide(command, before);

        Response response = aggregate.send(command, id, Api.key());

        switch (decision) {
          case Decision.Accepted<E>(List<E> events) -> {
            assertThat(aggregate.commits(id)).hasSize(before.size() + (events.isEmpty() ? 0 : 1));
            assertAnswer(examples, command, response, id);
          }
          case Decision.Rejected<E>(Rejection rejection) -> {
            assertThat(rejection.kind()).as("%s", rejection).isEqualTo(Rejection.Kind.STATE);
            Problems.assertProblem(response, 409, rejection.code());
            assertThat(response.json().getString("detail")).isEqualTo(rejection.detail());
            assertThat(aggregate.commits(id)).isEqualTo(before);
          }
        }
      }
    }
  }

  /** The response has the folded state, in the form that the API document describes. */
  private void assertAnswer(
      AggregateExamples<?, ?, ?> examples,
      CommandOperation<?> command,
      Response response,
      String id) {
    List<Commit> commits = new AggregateApi(examples.module(), backend).commits(id);
    int status = command.creates() ? 201 : 200;
    assertThat(response.status()).as(response.text()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
    assertThat(response.header("ETag")).isEqualTo("\"" + commits.size() + "\"");
    assertThat(response.text()).isEqualTo(examples.answer(id, commits));
    Schemas.assertValid(AggregateExamples.document(command.operationId()).answer(status), response);
  }

  /** A command that took effect. */
  private record Effect(CommandOperation<?> command, String key, Response response) {}

  @ForEachExposedAggregate
  void command_takesEffectOnce_andItsKeyIsRefusedForOthers(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    AggregateExamples<?, ?, ?> examples = new AggregateExamples<>(module);
    String creationKey = Api.key();
    Response created = aggregate.create(creationKey);
    String id = AggregateApi.key(created);
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect(examples.creation(), creationKey, created));
    for (CommandOperation<?> change : examples.changes()) {
      int before = aggregate.commits(id).size();
      String key = Api.key();
      Response changed = aggregate.send(change, id, key);
      if (aggregate.commits(id).size() > before) {
        effects.add(new Effect(change, key, changed));
      }
      assertReused(aggregate.send(change, id, creationKey));
    }
    List<Commit> commits = aggregate.commits(id);

    for (Effect effect : effects) {
      for (String same : List.of(effect.key, "\"" + effect.key + "\"")) {
        Response again = aggregate.send(effect.command, id, same);
        assertThat(again.status()).as(again.text()).isEqualTo(effect.response.status());
        assertThat(again.text()).isEqualTo(effect.response.text());
        assertThat(again.header("ETag")).isEqualTo(effect.response.header("ETag"));
        assertThat(again.header("Location")).isEqualTo(effect.response.header("Location"));
      }
      String body = AggregateExamples.body(effect.command);
      String other = body.isEmpty() ? "{}" : body.replaceFirst("\\{", "{ ");
      assertReused(aggregate.sendBody(effect.command, id, effect.key, other));
    }
    assertThat(aggregate.commits(id)).isEqualTo(commits);
  }

  private static void assertReused(Response response) {
    Problems.assertProblem(response, 422, "idempotency-key-reused");
  }

  @ForEachExposedAggregate
  void idempotencyKey_isScopedToTenant(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String key = Api.key();
    Response one = aggregate.create(key, "X-Tenant-Id", "one");
    Response two = aggregate.create(key, "X-Tenant-Id", "two");
    Response none = aggregate.create(key);

    assertThat(Stream.of(one, two, none).map(AggregateApi::key)).doesNotHaveDuplicates();
    assertThat(aggregate.create(key, "X-Tenant-Id", "two").text()).isEqualTo(two.text());
  }

  @ForEachExposedAggregate
  void ifMatch_rejectsCommand_whenStreamHasOtherVersion(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    assertPreconditionFailed(aggregate.create(Api.key(), "If-Match", "*"));
    assertIfMatch(new AggregateExamples<>(module), aggregate);
  }

  private static <C, E, S> void assertIfMatch(
      AggregateExamples<C, E, S> examples, AggregateApi aggregate) {
    String id = aggregate.create();
    for (CommandOperation<C> change : examples.changes()) {
      List<Commit> commits = aggregate.commits(id);
      if (examples.decide(change, commits) instanceof Decision.Accepted<E>(List<E> events)
          && !events.isEmpty()) {
        String current = "\"" + commits.size() + "\"";
        String later = "\"" + (commits.size() + 1) + "\"";
        assertPreconditionFailed(aggregate.send(change, id, Api.key(), "If-Match", later));
        assertPreconditionFailed(aggregate.send(change, id, Api.key(), "If-Match", "W/" + current));
        String key = Api.key();
        assertThat(aggregate.send(change, id, key, "If-Match", "\"77\", " + current).status())
            .isEqualTo(200);
        assertThat(aggregate.send(change, id, key, "If-Match", current).status())
            .as("repeat of a command that succeeded")
            .isEqualTo(200);
        assertThat(aggregate.commits(id)).hasSize(commits.size() + 1);
      }
    }
  }

  private static void assertPreconditionFailed(Response response) {
    Problems.assertProblem(response, 412, "precondition-failed");
  }
}
