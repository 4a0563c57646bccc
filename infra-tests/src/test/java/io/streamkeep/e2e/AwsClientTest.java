package io.streamkeep.e2e;

import io.streamkeep.e2e.suites.DeliverySuite;
import io.streamkeep.e2e.suites.OrdersSuite;
import io.streamkeep.e2e.suites.RedeliverySuite;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The packaged functions under AWS's own runtime client, which exists for Linux only: gateway
 * requests, stream batches and queue batches.
 */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
final class AwsClientTest {

  @RegisterExtension
  static final LocalCloudExtension CLOUD =
      new LocalCloudExtension(cloud -> cloud.runtime(RuntimeProgram.awsClient()));

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Delivery extends DeliverySuite {
    Delivery() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Redelivery extends RedeliverySuite {
    Redelivery() {
      super(CLOUD.backend());
    }
  }
}
