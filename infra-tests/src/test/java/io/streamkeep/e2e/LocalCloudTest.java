package io.streamkeep.e2e;

import io.streamkeep.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All suites on the local cloud. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class LocalCloudTest {

  private static final Interference FAULTS = new Interference();

  private static final FunctionLog LOG = new FunctionLog();

  @RegisterExtension
  static final Deployed DEPLOYED =
      new Deployed(cloud -> cloud.faults(FAULTS).log(LOG).schedules(false));

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Sales extends SalesSuite {
    Sales() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Metadata extends MetadataSuite {
    Metadata() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Repeats extends RepeatsSuite {
    Repeats() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class BadInput extends BadInputSuite {
    BadInput() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Delivery extends DeliverySuite {
    Delivery() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Redelivery extends RedeliverySuite {
    Redelivery() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Operations extends OperationsSuite {
    Operations() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Feed extends FeedSuite {
    Feed() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class Outbound extends OutboundSuite {
    Outbound() {
      super(DEPLOYED.backend());
    }
  }

  @Nested
  final class GivenUp extends GivenUpSuite {
    GivenUp() {
      super(DEPLOYED.backend(), FAULTS);
    }
  }

  @Nested
  final class Reconciler extends ReconcilerSuite {
    Reconciler() {
      super(DEPLOYED.backend(), FAULTS, LOG);
    }
  }

  /** A process that ends between a command's write and its answer, and its client's next tries. */
  @Nested
  final class Crashes {

    private final Api api = DEPLOYED.api();

    private void assertOneEffect(String path, String body, int status, int commit) {
      String key = Api.key();
      FAULTS.stored.set(DEPLOYED.cloud().function("CommandFunction")::kill);

      Answer crashed = api.post(path, key, body);
      Answer again = api.post(path, key, body);
      Answer third = api.post(path, key, body);

      assertThat(crashed.status()).isEqualTo(502);
      assertThat(again.status()).isEqualTo(status);
      assertThat(again.header("ETag")).isEqualTo("\"" + commit + "\"");
      assertThat(third.text()).isEqualTo(again.text());
      assertThat(api.get("/orders/" + again.id() + "/events").array()).hasSize(commit);
    }

    @Test
    void aCreateIsDoneOnce() {
      assertOneEffect("/orders", Api.order("crash", Api.LINE), 201, 1);
    }

    @Test
    void aChangeIsDoneOnce() {
      assertOneEffect("/orders/" + api.place("crash") + "/confirmation", "", 200, 2);
    }
  }

  /** Of what all suites together made the functions do; {@link LeastPrivilegeCanFailTest}. */
  @Nested
  @Order(Integer.MAX_VALUE)
  final class LeastPrivilege {

    @Test
    void whatIsUsedIsGranted() {
      assertThat(DEPLOYED.cloud().permissions().refused()).isEmpty();
    }

    @Test
    void whatIsGrantedIsUsed() {
      assertThat(DEPLOYED.cloud().permissions().unused()).isEmpty();
    }
  }
}
