package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.suites.LogsSuite;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.LocalCloudExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Suites that crash functions, and remove commits that the feed refers to: on their own cloud. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@Tag("slow")
final class DestructiveSuitesTest {

  private static final InjectedFaults FAULTS = new InjectedFaults();

  private static final FunctionLog LOG = new FunctionLog();

  @RegisterExtension
  static final LocalCloudExtension CLOUD =
      new LocalCloudExtension(cloud -> cloud.faults(FAULTS).log(LOG).schedules(false));

  /** A process that ends between a command's write and its response; the client retries. */
  @Nested
  final class Crashes {

    private final Api api = CLOUD.api();

    private void assertOneEffect(String path, String body, int status, int commit) {
      String key = Api.key();
      FAULTS.afterCommandWrite.set(CLOUD.cloud().function("CommandFunction")::kill);

      Response crashed = api.post(path, key, body);
      Response again = api.post(path, key, body);
      Response third = api.post(path, key, body);

      assertThat(crashed.status()).isEqualTo(502);
      assertThat(again.status()).isEqualTo(status);
      assertThat(again.header("ETag")).isEqualTo("\"" + commit + "\"");
      assertThat(third.text()).isEqualTo(again.text());
      assertThat(api.get("/orders/" + again.id() + "/events").array()).hasSize(commit);
    }

    @Test
    void placing_takesEffectOnce() {
      assertOneEffect("/orders", Api.order("crash", Api.LINE), 201, 1);
    }

    @Test
    void change_takesEffectOnce() {
      assertOneEffect("/orders/" + api.place("crash") + "/confirmation", "", 200, 2);
    }
  }

  @Nested
  @Order(Integer.MAX_VALUE)
  final class Logs extends LogsSuite {
    Logs() {
      super(CLOUD.cloud(), FAULTS, LOG);
    }

    /** Killed environments may have left incomplete lines. */
    @BeforeAll
    static void clearLog() {
      LOG.clear();
    }
  }
}
