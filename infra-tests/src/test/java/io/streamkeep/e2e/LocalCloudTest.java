package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.suites.AggregateCommandsSuite;
import io.streamkeep.e2e.suites.AggregateInputSuite;
import io.streamkeep.e2e.suites.AggregateQueriesSuite;
import io.streamkeep.e2e.suites.BadInputSuite;
import io.streamkeep.e2e.suites.BatchFailureSuite;
import io.streamkeep.e2e.suites.DeliverySuite;
import io.streamkeep.e2e.suites.FeedSuite;
import io.streamkeep.e2e.suites.GatewaySuite;
import io.streamkeep.e2e.suites.ImportSuite;
import io.streamkeep.e2e.suites.MetadataSuite;
import io.streamkeep.e2e.suites.OperationsSuite;
import io.streamkeep.e2e.suites.OrdersSuite;
import io.streamkeep.e2e.suites.OutboundSuite;
import io.streamkeep.e2e.suites.RacesSuite;
import io.streamkeep.e2e.suites.ReconcilerSuite;
import io.streamkeep.e2e.suites.RedeliverySuite;
import io.streamkeep.e2e.suites.SalesSuite;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.localcloud.LocalCloudBuilder;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All suites on the local cloud. */
@Order(1)
@Tag("slow")
final class LocalCloudTest {

  private static final InjectedFaults FAULTS = new InjectedFaults();

  private static final FunctionLog LOG = new FunctionLog();

  @RegisterExtension
  static final LocalCloudExtension CLOUD =
      new LocalCloudExtension(cloud -> withRuntime(cloud).faults(FAULTS).log(LOG).schedules(false));

  /** On Linux AWS's runtime client with its native library, as on Lambda. */
  private static LocalCloudBuilder withRuntime(LocalCloudBuilder cloud) {
    return OS.LINUX.isCurrentOs() ? cloud.runtime(RuntimeProgram.awsClient()) : cloud;
  }

  @Nested
  final class AggregateCommands extends AggregateCommandsSuite {
    AggregateCommands() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class AggregateInput extends AggregateInputSuite {
    AggregateInput() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class AggregateQueries extends AggregateQueriesSuite {
    AggregateQueries() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Sales extends SalesSuite {
    Sales() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Metadata extends MetadataSuite {
    Metadata() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Races extends RacesSuite {
    Races() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class BadInput extends BadInputSuite {
    BadInput() {
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

  @Nested
  final class Operations extends OperationsSuite {
    Operations() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Feed extends FeedSuite {
    Feed() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Outbound extends OutboundSuite {
    Outbound() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class BatchFailure extends BatchFailureSuite {
    BatchFailure() {
      super(CLOUD.backend(), FAULTS, LOG);
    }
  }

  @Nested
  final class Reconciler extends ReconcilerSuite {
    Reconciler() {
      super(CLOUD.backend(), FAULTS, LOG);
    }
  }

  @Nested
  final class Import extends ImportSuite {
    Import() {
      super(CLOUD.backend());
    }
  }

  @Nested
  final class Gateway extends GatewaySuite {
    Gateway() {
      super(CLOUD.cloud());
    }
  }

  /** Permissions used by all suites together; see {@link LeastPrivilegeCanFailTest}. */
  @Nested
  @Order(Integer.MAX_VALUE)
  final class LeastPrivilege {

    @Test
    void usedPermissions_areGranted() {
      assertThat(CLOUD.cloud().permissions().refused()).isEmpty();
    }

    @Test
    void grantedPermissions_areUsed() {
      assertThat(CLOUD.cloud().permissions().unused()).isEmpty();
    }
  }
}
