package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.e2e.suites.AggregateCommandsSuite;
import io.streamkeep.e2e.suites.AggregateInputSuite;
import io.streamkeep.e2e.suites.AggregateQueriesSuite;
import io.streamkeep.e2e.suites.BadInputSuite;
import io.streamkeep.e2e.suites.DeliverySuite;
import io.streamkeep.e2e.suites.FeedSuite;
import io.streamkeep.e2e.suites.MetadataSuite;
import io.streamkeep.e2e.suites.OperationsSuite;
import io.streamkeep.e2e.suites.OrdersSuite;
import io.streamkeep.e2e.suites.OutboundSuite;
import io.streamkeep.e2e.suites.RacesSuite;
import io.streamkeep.e2e.suites.RedeliverySuite;
import io.streamkeep.e2e.suites.SalesSuite;
import io.streamkeep.e2e.support.DeadLetterAlarm;
import io.streamkeep.e2e.support.DeployedRoles;
import io.streamkeep.e2e.support.LimitCheck;
import io.streamkeep.e2e.support.LocalStack;
import io.streamkeep.e2e.support.LocalStackExtension;
import io.streamkeep.e2e.support.LocalStackLimit;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All suites on LocalStack, and its limits. */
@Tag("localstack")
final class LocalStackTest {

  @RegisterExtension static final LocalStackExtension LOCALSTACK = new LocalStackExtension();

  @Nested
  final class AggregateCommands extends AggregateCommandsSuite {
    AggregateCommands() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class AggregateInput extends AggregateInputSuite {
    AggregateInput() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class AggregateQueries extends AggregateQueriesSuite {
    AggregateQueries() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Orders extends OrdersSuite {
    Orders() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Sales extends SalesSuite {
    Sales() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Metadata extends MetadataSuite {
    Metadata() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Races extends RacesSuite {
    Races() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class BadInput extends BadInputSuite {
    BadInput() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Delivery extends DeliverySuite {
    Delivery() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Redelivery extends RedeliverySuite {
    Redelivery() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Operations extends OperationsSuite {
    Operations() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Feed extends FeedSuite {
    Feed() {
      super(LOCALSTACK.backend());
    }
  }

  @Nested
  final class Outbound extends OutboundSuite {
    Outbound() {
      super(LOCALSTACK.backend());
    }
  }

  @Test
  void pretendedResource_failsDeployment() {
    LocalStack localStack = LOCALSTACK.localStack().localStack();
    localStack.deployProbe("pretended");

    assertThatThrownBy(() -> localStack.assertNothingElsePretended("pretended"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("AWS::WAFv2::WebACL");
  }

  @Test
  void deployedRoles_grantWhatTemplateGrants() throws IOException {
    DeployedRoles roles = new DeployedRoles(LOCALSTACK.localStack());
    assertThat(roles.deployed()).containsExactlyInAnyOrderElementsOf(DeployedRoles.inTemplate());

    roles.grantExtra("QueryFunction");
    assertThat(roles.deployed()).hasSize(DeployedRoles.inTemplate().size() + 1);
  }

  @Test
  void deadLetter_raisesAlarm() {
    new DeadLetterAlarm(LOCALSTACK.localStack()).assertRaisedByDeadLetter();
  }

  @ParameterizedTest
  @EnumSource
  void limit_isStillPresent(LocalStackLimit limit) {
    new LimitCheck(LOCALSTACK.localStack()).assertStillPresent(limit);
  }
}
