package io.streamkeep.e2e;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All suites on the local cloud. */
final class LocalCloudTest {

  @RegisterExtension static final Deployed DEPLOYED = new Deployed();

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
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
}
