package io.streamkeep.e2e;

import io.streamkeep.localcloud.lambda.RuntimeProgram;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The packaged functions under AWS's own runtime client, which exists for Linux only: requests of
 * the gateway, batches of the stream and of the queue.
 */
@EnabledOnOs(OS.LINUX)
final class AwsClientTest {

  @RegisterExtension
  static final Deployed DEPLOYED = new Deployed(cloud -> cloud.runtime(RuntimeProgram.awsClient()));

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
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
