package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All suites on LocalStack, and what it can not show. */
@Tag("localstack")
final class LocalStackTest {

  @RegisterExtension static final OnLocalStack DEPLOYED = new OnLocalStack();

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

  @Test
  void whatIsOnlyPretendedFailsTheRun() {
    LocalStack localStack = DEPLOYED.localStack().localStack();
    localStack.deployProbe("pretended");

    assertThatThrownBy(() -> localStack.assertNothingElsePretended("pretended"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("AWS::WAFv2::WebACL");
  }

  @Test
  void functionsAreAllowedWhatTheTemplateSaysAfterItsTransform() throws IOException {
    DeployedRoles roles = new DeployedRoles(DEPLOYED.localStack());
    assertThat(roles.deployed()).containsExactlyInAnyOrderElementsOf(DeployedRoles.ofTheTemplate());

    roles.allowMore("QueryFunction");
    assertThat(roles.deployed()).hasSize(DeployedRoles.ofTheTemplate().size() + 1);
  }

  @Test
  void aDeadLetterRaisesItsAlarm() {
    new DeadLetterAlarm(DEPLOYED.localStack()).assertRaisedByADeadLetter();
  }

  @ParameterizedTest
  @EnumSource
  void aLimitIsStillOne(LocalStackLimit limit) {
    new LimitCheck(DEPLOYED.localStack()).assertStillThere(limit);
  }
}
